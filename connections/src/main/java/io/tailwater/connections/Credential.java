package io.tailwater.connections;

/** What of a connection is sealed. */
public enum Credential {
    /** The access token for Bitbucket. */
    ACCESS_TOKEN("token"),
    /** The secret that signs webhook deliveries. */
    WEBHOOK_SECRET("webhook-secret");

    private final String word;

    Credential(String word) {
        this.word = word;
    }

    /** Its name in the connections file, in messages and in the associated data of the seal. */
    public String word() {
        return word;
    }
}
