package io.tailwater.lineage.project;

/** What came of reading a file. Every outcome is an answer; none is an exception. */
public sealed interface ReadOutcome {
    /**
     * The whole content.
     *
     * @param bytes content; not to be changed by who receives it
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // compared by nobody; a copy of every file would cost as much as reading it
    record Content(byte[] bytes) implements ReadOutcome {}

    /**
     * More bytes than the reader asked for; nothing was read.
     *
     * @param size bytes of the file
     */
    record TooLarge(long size) implements ReadOutcome {}

    /**
     * The path is not in this revision, or its content is not at hand.
     *
     * @param reason one sentence saying which
     */
    record Missing(String reason) implements ReadOutcome {}

    /**
     * The file is a Git LFS pointer; its content is stored elsewhere and was not fetched.
     *
     * @param size bytes the pointer promises, -1 where it does not say
     */
    record LfsPointer(long size) implements ReadOutcome {}
}
