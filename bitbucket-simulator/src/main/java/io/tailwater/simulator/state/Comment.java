package io.tailwater.simulator.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment on a pull request at one moment.
 *
 * @param id unique in the simulator
 * @param raw the text as it was sent, byte for byte
 * @param author who wrote it; only they may change it
 * @param created when it was posted
 * @param updated when it last changed
 * @param deleted deleted comments stay listed, without their text
 * @param parent id of the comment it answers, or null
 * @param inline the lines it is attached to, or null for a general comment
 */
public record Comment(
        long id,
        String raw,
        Person author,
        Instant created,
        Instant updated,
        boolean deleted,
        @Nullable Long parent,
        @Nullable Inline inline) {

    /**
     * The place of a comment in the diff; lines start at 1.
     *
     * @param path file, the new path unless {@code from} is set
     * @param from line in the old file, or null
     * @param to line in the new file, or null
     * @param startFrom first line of a range in the old file, or null
     * @param startTo first line of a range in the new file, or null
     */
    public record Inline(
            String path,
            @Nullable Integer from,
            @Nullable Integer to,
            @Nullable Integer startFrom,
            @Nullable Integer startTo) {}

    Comment withRaw(String text, Instant when) {
        return new Comment(id, text, author, created, when, deleted, parent, inline);
    }

    Comment asDeleted(Instant when) {
        return new Comment(id, "", author, created, when, true, parent, inline);
    }
}
