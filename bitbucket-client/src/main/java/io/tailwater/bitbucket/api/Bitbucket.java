package io.tailwater.bitbucket.api;

import io.tailwater.bitbucket.http.CallGate;
import io.tailwater.bitbucket.http.Exchange;
import io.tailwater.bitbucket.http.Limits;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.RepositoryName;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** The way in: one per address, shared by all threads; makes clients scoped to one repository. Makes no call itself. */
public final class Bitbucket implements AutoCloseable {

    private final Exchange exchange;
    private final boolean owned;

    /**
     * A way in with the usual limits.
     *
     * @param apiUrl address of the REST API without its version, e.g. {@code https://api.bitbucket.org}
     * @param clock tells the time for a {@code Retry-After} that is a date
     * @throws IllegalArgumentException when the address is no plain http or https address
     */
    public Bitbucket(URI apiUrl, InstantSource clock) {
        this(apiUrl, Limits.DEFAULT, clock);
    }

    /**
     * A way in with limits of the caller's choice.
     *
     * @param apiUrl as above
     * @param limits what a call may cost
     * @param clock as above
     * @throws IllegalArgumentException when the address is no plain http or https address
     */
    public Bitbucket(URI apiUrl, Limits limits, InstantSource clock) {
        this(new Exchange(apiUrl, limits, clock), true);
    }

    private Bitbucket(Exchange exchange, boolean owned) {
        this.exchange = exchange;
        this.owned = owned;
    }

    /** The same way in behind a gate. It needs no closing, and ends when this one is closed. */
    public Bitbucket behind(CallGate gate) {
        return new Bitbucket(exchange.behind(gate), false);
    }

    /** A client for one workspace, by slug or uuid, under one token. */
    public WorkspaceClient workspace(String workspace, AccessToken token) {
        return new WorkspaceClient(
                new Scope(exchange, List.of("workspaces", workspace), token),
                new Scope(exchange, List.of("repositories", workspace), token));
    }

    /** A client for one repository under one token. */
    public RepositoryClient repository(RepositoryName name, AccessToken token) {
        return new RepositoryClient(Scope.of(exchange, name, token));
    }

    /** Breaks off what runs and lets the connections go. */
    @Override
    public void close() {
        if (owned) {
            exchange.close();
        }
    }
}
