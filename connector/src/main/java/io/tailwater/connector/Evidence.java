package io.tailwater.connector;

import io.tailwater.bitbucket.http.AnswerFacts;
import io.tailwater.bitbucket.http.CallGate;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.PermissionState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the answers to an inspection's calls say of the token. For one inspection, on one thread. */
final class Evidence implements CallGate {

    private final Map<Permission, PermissionState> byCalls = new EnumMap<>(Permission.class);
    private Optional<Set<String>> granted = Optional.empty();
    private Optional<String> credentialType = Optional.empty();

    @Override
    public void before(Allowance allowance) {
        // a handful of calls, asked for by a person
    }

    @Override
    public void after(Allowance allowance, AnswerFacts facts) {
        if (facts.status() < 400 || facts.status() == 403) {
            granted = granted.or(facts::grantedScopes);
            credentialType = credentialType.or(facts::credentialType);
        }
    }

    /** A call that needs the permission was answered. */
    void answered(Permission permission) {
        byCalls.put(permission, PermissionState.GRANTED);
    }

    /** A call that needs the permission was refused: for its scope, or for another reason. */
    void refused(Permission permission, Forbidden refusal) {
        heard(refusal);
        boolean forScope =
                refusal.requiredScopes().isEmpty() || refusal.requiredScopes().contains(permission.scope());
        byCalls.put(permission, forScope ? PermissionState.MISSING : PermissionState.CANNOT_TELL);
    }

    /** A refusal names the scopes that the token has, whatever it was asked for. */
    void heard(Forbidden refusal) {
        if (granted.isEmpty() && !refusal.grantedScopes().isEmpty()) {
            granted = Optional.of(new TreeSet<>(refusal.grantedScopes()));
        }
    }

    /** Whether calls need not be tried out, since Bitbucket named the scopes. */
    boolean namesScopes() {
        return granted.isPresent();
    }

    /** How far the token reaches, as far as Bitbucket told. */
    Optional<ConnectionScope> kind() {
        return credentialType.flatMap(type -> {
            if (type.contains("repo")) {
                return Optional.of(ConnectionScope.REPOSITORY);
            }
            if (type.contains("project")) {
                return Optional.of(ConnectionScope.PROJECT);
            }
            return type.contains("workspace") ? Optional.of(ConnectionScope.WORKSPACE) : Optional.empty();
        });
    }

    /** Every permission with its state. */
    Map<Permission, PermissionState> permissions() {
        Map<Permission, PermissionState> states = new EnumMap<>(Permission.class);
        Optional<Set<String>> all = granted.map(Scopes::withImplied);
        for (Permission permission : Permission.values()) {
            states.put(
                    permission,
                    all.map(scopes -> scopes.contains(permission.scope())
                                    ? PermissionState.GRANTED
                                    : PermissionState.MISSING)
                            .orElseGet(() -> byCalls.getOrDefault(permission, PermissionState.CANNOT_TELL)));
        }
        return states;
    }
}
