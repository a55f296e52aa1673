package io.tailwater.simulator.state;

/**
 * Someone who acts: a person, or an access token, which Bitbucket treats as a user of its own.
 *
 * @param displayName name shown beside comments
 * @param uuid id in braces
 * @param token whether it stands for an access token
 */
public record Person(String displayName, String uuid, boolean token) {

    /** A person with this name; equal names give equal ids. */
    public static Person named(String displayName) {
        return new Person(displayName, StableId.of("user", displayName), false);
    }

    /** Name without spaces, as Bitbucket's {@code nickname}; not unique. */
    public String nickname() {
        return displayName.replace(' ', '.').toLowerCase(java.util.Locale.ROOT);
    }

    /** The Atlassian account id, made from the uuid. */
    public String accountId() {
        return "712020:" + uuid.substring(1, uuid.length() - 1);
    }
}
