package io.tailwater.lineage.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Characters that remember where they come from. Immutable. */
final class Text {
    static final Text EMPTY = new Text("", List.of());

    /**
     * Characters from {@code start} up to the next segment.
     *
     * @param origin place of the first of them; null where nothing is known, which is decided when the text is put out
     * @param linear whether each further character stands one further on in the template
     */
    record Segment(int start, @Nullable Origin origin, boolean linear) {
        Segment movedBy(int distance) {
            return new Segment(start + distance, origin, linear);
        }
    }

    private final String value;
    private final List<Segment> segments;

    Text(String value, List<Segment> segments) {
        this.value = value;
        this.segments = segments;
    }

    static Text of(String value) {
        return value.isEmpty() ? EMPTY : new Text(value, List.of());
    }

    String value() {
        return value;
    }

    List<Segment> segments() {
        return segments;
    }

    Text plus(Text other) {
        if (value.isEmpty()) {
            return other;
        }
        if (other.value.isEmpty()) {
            return this;
        }
        if (segments.isEmpty() && other.segments.isEmpty()) {
            return of(value + other.value);
        }
        Builder builder = new Builder();
        builder.append(this, null);
        builder.append(other, null);
        return builder.build();
    }

    /** The characters from {@code from} up to {@code to}, with their origins. */
    Text slice(int from, int to) {
        if (segments.isEmpty()) {
            return of(value.substring(from, to));
        }
        Builder builder = new Builder();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int end = i + 1 < segments.size() ? segments.get(i + 1).start() : value.length();
            int start = Math.max(segment.start(), from);
            int stop = Math.min(end, to);
            if (start < stop) {
                Origin origin = segment.origin();
                int skipped = start - segment.start();
                Origin moved = origin == null || !segment.linear()
                        ? origin
                        : new Origin(origin.template(), origin.offset() + skipped, origin.calledFrom());
                builder.append(value.substring(start, stop), moved, segment.linear());
            }
        }
        return builder.build();
    }

    Text strip(boolean left, boolean right, @Nullable String characters) {
        int from = 0;
        int to = value.length();
        while (left && from < to && strippable(value.charAt(from), characters)) {
            from++;
        }
        while (right && to > from && strippable(value.charAt(to - 1), characters)) {
            to--;
        }
        return from == 0 && to == value.length() ? this : slice(from, to);
    }

    private static boolean strippable(char c, @Nullable String characters) {
        return characters == null
                ? Character.isWhitespace(c) || c == '\u00a0' || c == '\u0085'
                : characters.indexOf(c) >= 0;
    }

    /** Collects text with its origins. */
    static final class Builder {
        private final StringBuilder characters = new StringBuilder();
        private final List<Segment> segments = new ArrayList<>();

        int length() {
            return characters.length();
        }

        void append(String text, @Nullable Origin origin, boolean linear) {
            if (!text.isEmpty()) {
                segments.add(new Segment(characters.length(), origin, linear));
                characters.append(text);
            }
        }

        /** Appends text; what has no origin yet is said to come from {@code fallback}. */
        void append(Text text, @Nullable Origin fallback) {
            if (text.value.isEmpty()) {
                return;
            }
            int start = characters.length();
            if (text.segments.isEmpty()) {
                segments.add(new Segment(start, fallback, false));
            }
            for (Segment segment : text.segments) {
                Segment moved = segment.movedBy(start);
                segments.add(moved.origin() == null ? new Segment(moved.start(), fallback, false) : moved);
            }
            characters.append(text.value);
        }

        Text build() {
            if (characters.isEmpty()) {
                return EMPTY;
            }
            boolean nothingKnown = segments.stream().allMatch(segment -> segment.origin() == null);
            return new Text(characters.toString(), nothingKnown ? List.of() : List.copyOf(segments));
        }
    }
}
