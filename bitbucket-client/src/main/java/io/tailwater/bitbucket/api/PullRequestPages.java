package io.tailwater.bitbucket.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tailwater.bitbucket.http.Call;
import io.tailwater.bitbucket.model.BitbucketException.Unreadable;
import io.tailwater.bitbucket.model.ListedPullRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks a list of pull requests page by page, one call each, so that a caller can stop and go on. For one thread. */
public final class PullRequestPages {

    private final Scope scope;
    private final Call first;
    private final Set<String> seen = new HashSet<>();
    private @Nullable Call next;
    private OptionalInt total = OptionalInt.empty();

    PullRequestPages(Scope scope, Call first) {
        this.scope = scope;
        this.first = first;
        this.next = first;
    }

    /** Whether there may be another page. */
    public boolean hasNext() {
        return next != null;
    }

    /** How many there are on all pages, as the last answer said; empty when it did not. */
    public OptionalInt total() {
        return total;
    }

    /**
     * Reads the next page. After a failure it can be asked for again.
     *
     * @return its pull requests in Bitbucket's order
     * @throws java.util.NoSuchElementException when there is none
     * @throws io.tailwater.bitbucket.model.BitbucketException when the call did not end well
     */
    public List<ListedPullRequest> next() {
        Call call = next;
        if (call == null) {
            throw new java.util.NoSuchElementException("no further page");
        }
        JsonNode page = scope.page(call);
        if (!seen.add(call.pathAndQuery())
                || seen.size() > scope.exchange().limits().maxPages()) {
            throw new Unreadable(first.describe() + ": pages go in a circle or have no end", null);
        }
        List<ListedPullRequest> found = new ArrayList<>();
        page.path("values")
                .forEach(value -> found.add(scope.understand(
                        call, value, json -> new ListedPullRequest(Wire.pullRequest(json), json.toString()))));
        total = page.path("size").canConvertToInt()
                ? OptionalInt.of(page.path("size").asInt())
                : OptionalInt.empty();
        next = scope.following(page, first);
        return List.copyOf(found);
    }
}
