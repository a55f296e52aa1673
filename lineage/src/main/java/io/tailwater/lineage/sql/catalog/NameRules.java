package io.tailwater.lineage.sql.catalog;

import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.List;

/**
 * How a dialect compares names.
 *
 * @param tables rule for databases, schemas and tables
 * @param columns rule for columns, aliases and CTEs
 */
public record NameRules(CaseRule tables, CaseRule columns) {

    /** A column, alias or CTE name in the form in which it is compared. */
    public String column(String text, boolean quoted) {
        return columns.normalise(text, quoted);
    }

    /** One part of a table's name in the form in which it is compared. */
    public String tablePart(String text, boolean quoted) {
        return tables.normalise(text, quoted);
    }

    /** A table from a name as people write it: dotted, each part quoted with {@code "}, {@code `} or {@code []} or not at all. */
    public TableRef table(String written) {
        if (written.startsWith("path:")) {
            return new TableRef(List.of(written));
        }
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at <= written.length()) {
            int end = endOfPart(written, at);
            String part = written.substring(at, end);
            boolean quoted = part.length() > 1 && closing(part.charAt(0)) == part.charAt(part.length() - 1);
            if (quoted && part.charAt(0) == '`' && part.indexOf('.') > 0) {
                for (String inner : part.substring(1, part.length() - 1).split("\\.")) {
                    parts.add(tablePart(inner, true));
                }
            } else if (!part.isEmpty()) {
                parts.add(tablePart(quoted ? part.substring(1, part.length() - 1) : part, quoted));
            }
            at = end + 1;
        }
        return new TableRef(parts);
    }

    private static int endOfPart(String written, int start) {
        int at = start;
        char closing = start < written.length() ? closing(written.charAt(start)) : 0;
        if (closing != 0) {
            int close = written.indexOf(closing, start + 1);
            if (close > 0) {
                at = close + 1;
            }
        }
        int dot = written.indexOf('.', at);
        return dot < 0 ? written.length() : dot;
    }

    private static char closing(char opening) {
        return switch (opening) {
            case '"' -> '"';
            case '`' -> '`';
            case '[' -> ']';
            default -> 0;
        };
    }
}
