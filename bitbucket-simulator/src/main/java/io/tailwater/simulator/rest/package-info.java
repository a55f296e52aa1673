/** The REST subset below {@code /2.0}: authentication, scopes, paging, error shapes and the calls themselves. */
@NullMarked
package io.tailwater.simulator.rest;

import org.jspecify.annotations.NullMarked;
