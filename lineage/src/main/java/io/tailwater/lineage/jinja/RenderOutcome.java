package io.tailwater.lineage.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of rendering a template. */
public sealed interface RenderOutcome {
    /**
     * The template was rendered.
     *
     * @param text the output with its origins
     * @param placeholders names that stand in the output for what is unknown
     * @param notes decisions that were taken without being known: a loop over an unknown list, a branch on an unknown condition
     * @param branched whether a condition was answered by the assumption, so that the other assumption may give other output
     */
    record Rendered(RenderedText text, List<Placeholder> placeholders, List<Note> notes, boolean branched)
            implements RenderOutcome {
        public Rendered {
            placeholders = List.copyOf(placeholders);
            notes = List.copyOf(notes);
        }
    }

    /**
     * The template could not be rendered.
     *
     * @param reason why, as one clause
     * @param origin where; null where no place is known
     */
    record Failed(String reason, @Nullable Origin origin) implements RenderOutcome {}

    /**
     * A name that stands in the output for a value that is unknown before a run.
     *
     * @param name an identifier that occurs nowhere else
     * @param reason why the value is unknown
     * @param columnsOf the relation, if the name stands for each of its columns; else null
     * @param origin where it was put out
     */
    record Placeholder(String name, String reason, @Nullable String columnsOf, Origin origin) {}

    /**
     * Something that was decided without being known.
     *
     * @param reason what, and why it is unknown
     * @param origin where
     */
    record Note(String reason, Origin origin) {}
}
