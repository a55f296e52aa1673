package io.tailwater.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.bitbucket.http.AnswerFacts;
import io.tailwater.bitbucket.http.CallGate.Allowance;
import io.tailwater.bitbucket.model.BitbucketException.Forbidden;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.PermissionState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private final Evidence evidence = new Evidence();

    private void heard(int status, Set<String> scopes) {
        evidence.after(
                Allowance.OTHER,
                new AnswerFacts(
                        status, Optional.of(scopes), Optional.of("repo_access_token"), OptionalInt.empty(), false));
    }

    @Test
    void namedScopesBringThoseTheyImply() {
        heard(200, Set.of("pullrequest:write", "webhook"));

        assertThat(evidence.permissions())
                .containsEntry(Permission.PULL_REQUESTS_WRITE, PermissionState.GRANTED)
                .containsEntry(Permission.PULL_REQUESTS_READ, PermissionState.GRANTED)
                .containsEntry(Permission.REPOSITORIES_WRITE, PermissionState.GRANTED)
                .containsEntry(Permission.REPOSITORIES_READ, PermissionState.GRANTED)
                .containsEntry(Permission.WEBHOOKS_WRITE, PermissionState.GRANTED)
                .containsEntry(Permission.PIPELINES_READ, PermissionState.MISSING);
        assertThat(evidence.kind()).contains(ConnectionScope.REPOSITORY);
    }

    @Test
    void withoutNamedScopesOnlyWhatWasTriedIsKnown() {
        evidence.answered(Permission.PULL_REQUESTS_READ);
        evidence.refused(Permission.WEBHOOKS_READ, new Forbidden("no", List.of("webhook"), List.of()));

        assertThat(evidence.permissions())
                .containsEntry(Permission.PULL_REQUESTS_READ, PermissionState.GRANTED)
                .containsEntry(Permission.WEBHOOKS_READ, PermissionState.MISSING)
                .containsEntry(Permission.PULL_REQUESTS_WRITE, PermissionState.CANNOT_TELL);
    }

    @Test
    void aRefusalThatNamesTheScopesTellsAllOfThem() {
        evidence.heard(new Forbidden("no", List.of("account"), List.of("repository:write", "pullrequest")));

        assertThat(evidence.permissions())
                .containsEntry(Permission.REPOSITORIES_WRITE, PermissionState.GRANTED)
                .containsEntry(Permission.PULL_REQUESTS_WRITE, PermissionState.MISSING);
    }

    @Test
    void whatAFailedCallSaysOfTheTokenDoesNotCount() {
        heard(401, Set.of("webhook"));

        assertThat(evidence.namesScopes()).isFalse();
    }
}
