package io.tailwater.simulator.payload;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.RepositoryName;
import java.net.URI;
import java.util.function.Supplier;

/** Addresses below the one base address of the stand-in, which is known only once it runs. */
public final class Links {

    private final Supplier<URI> base;

    /** Links below the address that the supplier gives when asked. */
    public Links(Supplier<URI> base) {
        this.base = base;
    }

    /** The base address without a slash at its end. */
    public String base() {
        return base.get().toString();
    }

    /** REST address of a repository. */
    public String api(RepositoryName name) {
        return base() + "/2.0/repositories/" + name.fullName();
    }

    /** REST address of a pull request. */
    public String api(PullRequest pullRequest) {
        return api(pullRequest.repository()) + "/pullrequests/" + pullRequest.number();
    }

    /** Page of a repository. */
    public String page(RepositoryName name) {
        return base() + "/" + name.fullName();
    }

    /** Page of a pull request. */
    public String page(PullRequest pullRequest) {
        return page(pullRequest.repository()) + "/pull-requests/" + pullRequest.number();
    }

    /** A {@code {"href": …}} object. */
    static ObjectNode link(String href) {
        return JsonNodeFactory.instance.objectNode().put("href", href);
    }
}
