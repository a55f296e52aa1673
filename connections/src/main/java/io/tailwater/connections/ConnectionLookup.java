package io.tailwater.connections;

/** What is known of a connection id. */
public sealed interface ConnectionLookup {

    /**
     * It can be used.
     *
     * @param workspace the connection
     */
    record Found(ConnectedWorkspace workspace) implements ConnectionLookup {}

    /** There is none of this name. */
    record Unknown() implements ConnectionLookup {}

    /**
     * There is one, but it cannot be read, for example because it was sealed with another key.
     *
     * @param reason what is wrong, naming the connection; nothing secret
     */
    record Unreadable(String reason) implements ConnectionLookup {}

    /** Not known yet: the topic has not been read to its end since the start. */
    record StillLoading() implements ConnectionLookup {}
}
