package io.tailwater.bitbucket.api;

import io.tailwater.bitbucket.http.Exchange;
import io.tailwater.bitbucket.http.Limits;
import io.tailwater.bitbucket.model.AccessToken;
import io.tailwater.bitbucket.model.RepositoryName;
import java.net.URI;
import java.time.InstantSource;

/** The way in: one per address, shared by all threads; makes clients scoped to one repository. Makes no call itself. */
public final class Bitbucket implements AutoCloseable {

    private final Exchange exchange;

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
        this.exchange = new Exchange(apiUrl, limits, clock);
    }

    /** A client for one repository under one token. */
    public RepositoryClient repository(RepositoryName name, AccessToken token) {
        return new RepositoryClient(new Scope(exchange, name, token));
    }

    /** Breaks off what runs and lets the connections go. */
    @Override
    public void close() {
        exchange.close();
    }
}
