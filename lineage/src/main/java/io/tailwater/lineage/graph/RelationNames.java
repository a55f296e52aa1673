package io.tailwater.lineage.graph;

import java.util.Locale;

/**
 * How rendered queries name the datasets of their own repository: by a schema that stands for the dataset's id, whatever
 * the relation is called in the database.
 */
public final class RelationNames {
    private static final String PREFIX = "tw__";

    private RelationNames() {}

    /** The schema that stands for a dataset: a lower-case identifier, different for different ids. */
    public static String schemaOf(String datasetId) {
        StringBuilder name = new StringBuilder(PREFIX);
        boolean faithful = true;
        for (int i = 0; i < datasetId.length(); i++) {
            char c = datasetId.charAt(i);
            if (c == '.') {
                name.append("__");
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_') {
                name.append(c);
            } else {
                name.append(
                        Character.toLowerCase(c) >= 'a' && Character.toLowerCase(c) <= 'z'
                                ? String.valueOf(c).toLowerCase(Locale.ROOT)
                                : "_");
                faithful = false;
            }
        }
        if (!faithful || datasetId.contains("__")) {
            name.append("__x").append(Integer.toHexString(datasetId.hashCode()));
        }
        return name.toString();
    }

    /** A text about rendered queries with these names as people know them: without the schema, and without placeholders. */
    public static String forPeople(String text) {
        return text.contains("tw_")
                ? text.replaceAll("\\btw__\\w+\\.", "").replaceAll("\\w*tw_unknown_\\d+x\\w*", "(unknown)")
                : text;
    }
}
