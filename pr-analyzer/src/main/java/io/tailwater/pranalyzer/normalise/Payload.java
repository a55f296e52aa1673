package io.tailwater.pranalyzer.normalise;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of Bitbucket's webhook bodies that we read; everything else is ignored. All fields are nullable since any of
 * them is missing from some delivery: see Bitbucket's event payload documentation and its API contract.
 */
record Payload(
        @Nullable Repository repository,
        @JsonProperty("pullrequest") @Nullable PullRequest pullRequest,
        @Nullable Comment comment,
        @Nullable Push push) {

    record Repository(
            @JsonProperty("full_name") @Nullable String fullName,
            @Nullable String uuid) {}

    record PullRequest(
            @Nullable Long id,
            @Nullable String title,
            @Nullable String state,
            @Nullable Boolean draft,
            @JsonProperty("updated_on") @Nullable String updatedOn,
            @Nullable User author,
            @Nullable Side source,
            @Nullable Side destination) {}

    record User(@JsonProperty("display_name") @Nullable String displayName) {}

    record Side(
            @Nullable Commit commit,
            @Nullable Branch branch,
            @Nullable Repository repository) {}

    record Commit(@Nullable String hash) {}

    record Branch(@Nullable String name) {}

    record Comment(
            @Nullable Long id,
            @Nullable Content content,
            @JsonProperty("updated_on") @Nullable String updatedOn) {}

    record Content(@Nullable String raw) {}

    record Push(@Nullable List<@Nullable Change> changes) {}

    record Change(
            @JsonProperty("new") @Nullable Reference after,
            @JsonProperty("old") @Nullable Reference before) {}

    record Reference(
            @Nullable String type,
            @Nullable String name,
            @Nullable Commit target) {}
}
