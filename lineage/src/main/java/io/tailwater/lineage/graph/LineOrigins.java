package io.tailwater.lineage.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Where each line of a rendered text comes from. Kept as runs: most lines come from the line behind the one before, and
 * rendered repositories have millions of them.
 */
public final class LineOrigins {
    private final List<Run> runs;

    /**
     * Lines that come from one place or from lines that follow one another.
     *
     * @param start number of the first line in the rendered text, counted from 0
     * @param origin where that line comes from
     * @param advancing whether each further line comes from one line further down, rather than from the same one
     */
    public record Run(int start, SourceLocation origin, boolean advancing) {
        public Run {
            Objects.requireNonNull(origin, "origin");
        }

        private SourceLocation at(int line) {
            return advancing && line > start ? further(origin, line - start) : origin;
        }
    }

    private LineOrigins(List<Run> runs) {
        this.runs = List.copyOf(runs);
        if (this.runs.isEmpty() || this.runs.get(0).start() != 0) {
            throw new IllegalArgumentException("a text has at least one line");
        }
    }

    /** From the origin of every line, at least one. */
    public static LineOrigins of(List<SourceLocation> lines) {
        List<Run> runs = new ArrayList<>();
        int start = 0;
        while (start < lines.size()) {
            SourceLocation origin = lines.get(start);
            int end = start + 1;
            boolean advancing = end < lines.size() && lines.get(end).equals(further(origin, 1));
            while (end < lines.size() && lines.get(end).equals(advancing ? further(origin, end - start) : origin)) {
                end++;
            }
            runs.add(new Run(start, origin, advancing));
            start = end;
        }
        return new LineOrigins(runs);
    }

    /** From runs, in order, the first of which starts at line 0. */
    public static LineOrigins ofRuns(List<Run> runs) {
        return new LineOrigins(runs);
    }

    /** The runs, in order. */
    public List<Run> runs() {
        return runs;
    }

    /** Where a line comes from, counted from 0; lines behind the last one come from where that one does. */
    public SourceLocation at(int line) {
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).start() <= line) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return runs.get(low).at(line);
    }

    private static SourceLocation further(SourceLocation origin, int lines) {
        return new SourceLocation(origin.path(), origin.line() + lines, origin.through());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LineOrigins origins && runs.equals(origins.runs);
    }

    @Override
    public int hashCode() {
        return runs.hashCode();
    }

    @Override
    public String toString() {
        return runs.toString();
    }
}
