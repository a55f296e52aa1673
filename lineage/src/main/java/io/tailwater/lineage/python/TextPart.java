package io.tailwater.lineage.python;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a string, in the order written. */
public sealed interface TextPart {
    /** Where it stands. */
    Span span();

    /**
     * Characters as they are, escapes resolved; from one line of the source.
     *
     * @param value the characters
     */
    record Literal(Span span, String value) implements TextPart {}

    /**
     * A replacement field of an f-string.
     *
     * @param value what is put in
     * @param conversion {@code r}, {@code s} or {@code a}; empty without one
     * @param format the format specification; null without one
     * @param written text of the expression with its {@code =}, which is put in front of the value; null without it
     */
    record Replacement(
            Span span,
            Expression value,
            String conversion,
            @Nullable List<TextPart> format,
            @Nullable String written) implements TextPart {
        public Replacement {
            format = format == null ? null : List.copyOf(format);
        }
    }
}
