package io.tailwater.connector;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which scopes of access tokens come with others (Bitbucket documentation, "Scopes for the REST API"). */
final class Scopes {

    private static final Map<String, Set<String>> IMPLIED = Map.of(
            "repository:write", Set.of("repository"),
            "pullrequest", Set.of("repository"),
            "pullrequest:write", Set.of("pullrequest", "repository:write"),
            "pipeline:write", Set.of("pipeline"),
            "pipeline:variable", Set.of("pipeline", "pipeline:write"),
            "project", Set.of("repository"));

    private Scopes() {}

    /** These and all that come with them. */
    static Set<String> withImplied(Set<String> granted) {
        Set<String> all = new TreeSet<>();
        granted.forEach(scope -> add(scope, all));
        return all;
    }

    private static void add(String scope, Set<String> all) {
        if (all.add(scope)) {
            IMPLIED.getOrDefault(scope, Set.of()).forEach(implied -> add(implied, all));
        }
    }
}
