package io.tailwater.lineage.project.rails;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types of Rails as SQL writes them: https://api.rubyonrails.org/classes/ActiveRecord/ConnectionAdapters/TableDefinition.html. */
final class ColumnWords {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("string", "VARCHAR"),
            Map.entry("text", "TEXT"),
            Map.entry("integer", "INTEGER"),
            Map.entry("bigint", "BIGINT"),
            Map.entry("serial", "INTEGER"),
            Map.entry("bigserial", "BIGINT"),
            Map.entry("primary_key", "BIGINT"),
            Map.entry("float", "DOUBLE PRECISION"),
            Map.entry("decimal", "NUMERIC"),
            Map.entry("datetime", "TIMESTAMP"),
            Map.entry("timestamptz", "TIMESTAMP WITH TIME ZONE"),
            Map.entry("binary", "BYTEA"),
            Map.entry("blob", "BYTEA"),
            Map.entry("enum", "VARCHAR"),
            Map.entry("references", "BIGINT"),
            Map.entry("belongs_to", "BIGINT"));

    private ColumnWords() {}

    /** The type a method or symbol names, with the options beside it. */
    static String type(String word, Map<String, Ruby> options) {
        String base = TYPES.getOrDefault(word, word.toUpperCase(Locale.ROOT));
        if (!base.matches("[A-Z_][A-Z0-9_ ]*(?:\\(\\d+(?:, ?\\d+)?\\))?")) {
            base = "TEXT";
        }
        String limit = number(options.get("limit"));
        String precision = number(options.get("precision"));
        String scale = number(options.get("scale"));
        if (word.equals("integer") && limit != null) {
            base = Integer.parseInt(limit) > 4 ? "BIGINT" : Integer.parseInt(limit) < 3 ? "SMALLINT" : base;
        } else if (base.equals("NUMERIC") && precision != null) {
            base += "(" + precision + (scale == null ? "" : ", " + scale) + ")";
        } else if (base.equals("VARCHAR") && limit != null) {
            base += "(" + limit + ")";
        }
        return options.get("array") instanceof Ruby.Atom array && array.text().equals("true") ? base + "[]" : base;
    }

    private static @Nullable String number(@Nullable Ruby value) {
        return value instanceof Ruby.Atom atom && atom.text().matches("\\d{1,6}") ? atom.text() : null;
    }
}
