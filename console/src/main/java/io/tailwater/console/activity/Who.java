package io.tailwater.console.activity;

/**
 * Who asks for something.
 *
 * @param actor name under which they signed in, empty before that
 * @param address address the request came from
 */
public record Who(String actor, String address) {}
