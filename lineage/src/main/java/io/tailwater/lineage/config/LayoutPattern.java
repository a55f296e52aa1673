package io.tailwater.lineage.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the path of a query names the table it fills: folders and a file name in which {@code {database}}, {@code {schema}}
 * and {@code {table}} stand for their parts, {@code *} for one part of any name, and {@code **} at the start for any folders.
 */
public final class LayoutPattern {
    private static final Pattern NAMED = Pattern.compile("\\{(database|schema|table)\\}");

    private final String written;
    private final boolean anywhere;
    private final List<Segment> segments;

    /** A part of the path: what stands before and behind the name it holds; without a name a text or any text. */
    private record Segment(String before, @Nullable String name, String behind, boolean any) {}

    /**
     * The table a path names.
     *
     * @param database null where the path does not name it
     * @param schema null where the path does not name it
     * @param table the table
     */
    public record Place(@Nullable String database, @Nullable String schema, String table) {}

    private LayoutPattern(String written, boolean anywhere, List<Segment> segments) {
        this.written = written;
        this.anywhere = anywhere;
        this.segments = segments;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException with what is wrong, as one clause
     */
    public static LayoutPattern of(String written) {
        if (written.length() > Glob.LONGEST) {
            throw new IllegalArgumentException("a layout longer than " + Glob.LONGEST + " characters");
        }
        boolean anywhere = written.startsWith("**/");
        List<Segment> segments = List.of((anywhere ? written.substring(3) : written).split("/", -1)).stream()
                .map(LayoutPattern::segment)
                .toList();
        long tables = segments.stream()
                .filter(segment -> "table".equals(segment.name()))
                .count();
        if (tables != 1) {
            throw new IllegalArgumentException("a layout names {table} once");
        }
        return new LayoutPattern(written, anywhere, segments);
    }

    private static Segment segment(String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("a layout has an empty part");
        }
        if (part.equals("*")) {
            return new Segment("", null, "", true);
        }
        Matcher named = NAMED.matcher(part);
        if (!named.find()) {
            if (part.indexOf('{') >= 0 || part.indexOf('*') >= 0) {
                throw new IllegalArgumentException(
                        "\"" + part
                                + "\" is no part of a layout: it may be a name, *, or hold one of {database}, {schema}, {table}");
            }
            return new Segment(part, null, "", false);
        }
        String behind = part.substring(named.end());
        if (behind.indexOf('{') >= 0 || part.indexOf('*') >= 0) {
            throw new IllegalArgumentException("\"" + part + "\" holds more than one name");
        }
        return new Segment(part.substring(0, named.start()), named.group(1), behind, false);
    }

    /** The table that the file of a path fills; empty if the path is not laid out like this. */
    public Optional<Place> place(String path) {
        String[] parts = path.split("/", -1);
        int skipped = parts.length - segments.size();
        if (skipped < 0 || (skipped > 0 && !anywhere)) {
            return Optional.empty();
        }
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String part = parts[skipped + i];
            int length =
                    part.length() - segment.before().length() - segment.behind().length();
            if (segment.any()) {
                continue;
            }
            boolean fits = part.startsWith(segment.before())
                    && part.endsWith(segment.behind())
                    && (segment.name() == null ? length == 0 : length > 0);
            if (!fits) {
                return Optional.empty();
            }
            if (segment.name() != null) {
                names.put(
                        segment.name(),
                        part.substring(
                                segment.before().length(),
                                part.length() - segment.behind().length()));
            }
        }
        String table = names.get("table");
        return table == null
                ? Optional.empty()
                : Optional.of(new Place(names.get("database"), names.get("schema"), table));
    }

    @Override
    public String toString() {
        return written;
    }
}
