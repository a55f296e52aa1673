package io.tailwater.lineage.project;

import org.jspecify.annotations.Nullable;

/** What came of reading a YAML file. */
public sealed interface YamlOutcome {
    /**
     * The file was read.
     *
     * @param root its first document; null if it is empty
     */
    record Read(@Nullable YamlValue root) implements YamlOutcome {}

    /**
     * The file is not YAML, or too large or deep.
     *
     * @param reason one clause
     * @param line where, counted from 1
     */
    record Failed(String reason, int line) implements YamlOutcome {}
}
