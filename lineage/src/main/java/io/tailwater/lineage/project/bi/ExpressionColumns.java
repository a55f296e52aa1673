package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.ColumnRole;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableUse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns that one SQL expression over one table names. */
public final class ExpressionColumns {
    /** How an expression has to name the table it is over. */
    public static final String TABLE = "tw_base";

    private static final String BEFORE = "SELECT ";
    private static final String AFTER = "\n AS tw_value FROM " + TABLE;
    private static final Pattern PLAIN = Pattern.compile("\\s*" + TABLE + "\\.(\\w+)\\s*");
    private static final Pattern NAMED = Pattern.compile(TABLE + "\\s*\\.\\s*(\\w+|\"[^\"]+\"|`[^`]+`|\\[[^\\]]+\\])");
    private static final int LONGEST = 200_000;

    private ExpressionColumns() {}

    /**
     * A column that is named.
     *
     * @param table {@link #TABLE}, or the qualified name of another table that a subquery reads
     * @param column normalised name
     * @param aggregated whether it is collected over rows
     * @param offset where, in the expression
     */
    public record Named(String table, String column, boolean aggregated, int offset) {}

    /**
     * What an expression names.
     *
     * @param columns columns, each place
     * @param tables other tables that its subqueries read
     * @param understood whether the expression could be read; if not, the columns are those that are named with the table
     */
    public record Found(List<Named> columns, List<Named> tables, boolean understood) {}

    /** The columns of an expression in a dialect. */
    public static Found of(String expression, SqlOptions options) {
        Matcher plain = PLAIN.matcher(expression);
        if (plain.matches()) {
            String column = options.nameRules().column(plain.group(1), false);
            return new Found(List.of(new Named(TABLE, column, false, plain.start(1))), List.of(), true);
        }
        if (expression.isBlank() || expression.length() > LONGEST) {
            return new Found(List.of(), List.of(), expression.isBlank());
        }
        SqlAnalysis analysis = SqlLineage.analyze(BEFORE + expression + AFTER, options);
        List<StatementLineage> statements = analysis.statements();
        if (statements.size() != 1
                || statements.get(0).recovered() > 0
                || statements.get(0).reads().isEmpty()) {
            return new Found(byText(expression, options), List.of(), false);
        }
        StatementLineage statement = statements.get(0);
        List<Named> columns = new ArrayList<>();
        for (ColumnUse use : statement.uses()) {
            if (use.column().table() != null) {
                columns.add(new Named(
                        use.column().table().qualifiedName(),
                        use.column().column(),
                        use.role() != ColumnRole.VALUE,
                        offset(use.range().start(), expression)));
            }
        }
        List<Named> tables = new ArrayList<>();
        for (TableUse use : statement.reads()) {
            if (!use.table().qualifiedName().equalsIgnoreCase(TABLE)) {
                tables.add(new Named(
                        use.table().qualifiedName(),
                        "*",
                        false,
                        offset(use.range().start(), expression)));
            }
        }
        return new Found(columns, tables, true);
    }

    private static int offset(int inQuery, String expression) {
        return Math.max(0, Math.min(inQuery - BEFORE.length(), expression.length() - 1));
    }

    private static List<Named> byText(String expression, SqlOptions options) {
        List<Named> found = new ArrayList<>();
        Matcher matcher = NAMED.matcher(expression);
        while (matcher.find()) {
            found.add(new Named(TABLE, options.nameRules().columnWritten(matcher.group(1)), false, matcher.start(1)));
        }
        return found;
    }
}
