package io.tailwater.lineage.project;

import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.LineOrigins;
import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * SQL ready to be analysed, with the place of each of its characters.
 *
 * @param sql the text
 * @param origins the place of the character at an offset
 * @param gaps names in the text that stand for something unknown
 */
public record CompiledQuery(String sql, IntFunction<SourceLocation> origins, List<Gap> gaps) {
    public CompiledQuery {
        gaps = List.copyOf(gaps);
    }

    /**
     * A name in the text that stands for something unknown.
     *
     * @param name the name, as it occurs in the text and nowhere else
     * @param reason why it is unknown
     * @param decidedByRun whether a run of the project tells it, as opposed to something that is missing here
     * @param columnsOf id of a dataset, if the name stands for each of its columns; else null
     */
    public record Gap(
            String name,
            String reason,
            boolean decidedByRun,
            @Nullable String columnsOf) {}

    /** The query as a definition keeps it. */
    public Definition.Query toQuery() {
        List<SourceLocation> lines = new ArrayList<>();
        int start = 0;
        while (true) {
            int end = sql.indexOf('\n', start);
            int stop = end < 0 ? sql.length() : end;
            int first = start;
            while (first < stop && Character.isWhitespace(sql.charAt(first))) {
                first++;
            }
            lines.add(origins.apply(first < stop ? first : start));
            if (end < 0) {
                return new Definition.Query(sql, LineOrigins.of(lines));
            }
            start = end + 1;
        }
    }
}
