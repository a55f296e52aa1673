package io.tailwater.lineage.sql.catalog;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.IdentifierFolding;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a dialect compares names. Normalised names are equal exactly when the dialect finds the same object.
 *
 * <p>Where unquoted names fold up, they are written the other way round here, so that what nearly everybody writes comes out in lower case: {@code orders},
 * {@code ORDERS} and {@code "ORDERS"} are {@code orders}; {@code "orders"} is another table and keeps its quotes.
 *
 * @param tables rule for databases, schemas and tables
 * @param columns rule for columns, aliases and CTEs
 */
public record NameRules(IdentifierFolding tables, IdentifierFolding columns) {

    /** The rules of a dialect. */
    public static NameRules of(Dialect dialect) {
        return new NameRules(dialect.tableFolding(), dialect.columnFolding());
    }

    /** A column, alias or CTE name in the form in which it is compared. */
    public String column(String text, boolean quoted) {
        return normalise(columns, text, quoted);
    }

    /** A column name as people write it: with {@code "} around it when its case matters. */
    public String columnWritten(String written) {
        boolean quoted = written.length() > 2 && written.startsWith("\"") && written.endsWith("\"");
        return quoted ? column(written.substring(1, written.length() - 1), true) : column(written, false);
    }

    /** One part of a table's name in the form in which it is compared. */
    public String tablePart(String text, boolean quoted) {
        return normalise(tables, text, quoted);
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

    private static String normalise(IdentifierFolding folding, String text, boolean quoted) {
        return switch (folding) {
            case LOWER -> quoted ? text : lower(text);
            case UPPER -> {
                if (!quoted || text.equals(text.toUpperCase(Locale.ROOT))) {
                    yield lower(text);
                }
                yield text.equals(lower(text)) ? '"' + text + '"' : text;
            }
            case INSENSITIVE -> lower(text);
            case SENSITIVE -> text;
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
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
