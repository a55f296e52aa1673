package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.ColumnUse;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Columns that SQL snippets in property files use: expressions and conditions over one dataset. */
final class ColumnUses {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\{.*?}}|\\{%.*?%}|\\{#.*?#}", Pattern.DOTALL);
    private static final int LONGEST = 20_000;

    private final SqlOptions options;

    ColumnUses(DbtProject project) {
        this.options = SqlOptions.of(project.dialect().dialect());
    }

    /** The column's normalised name. */
    String column(String written) {
        return options.nameRules().column(written.strip(), false);
    }

    /** Whether a text is a column's name and no expression. */
    static boolean isName(String text) {
        return NAME.matcher(text.strip()).matches();
    }

    /** Columns of a dataset that an expression uses. */
    List<ColumnDependency> ofExpression(String datasetId, String expression, Dependency kind, SourceLocation at) {
        if (isName(expression)) {
            return List.of(new ColumnDependency(datasetId, column(expression), kind, at));
        }
        return of(
                datasetId,
                "select " + withoutTemplates(expression) + " as value from " + relation(datasetId),
                kind,
                at);
    }

    /** Columns of a dataset that a condition uses. */
    List<ColumnDependency> ofCondition(String datasetId, String condition, Dependency kind, SourceLocation at) {
        String sql = "select 1 as value from " + relation(datasetId) + " where " + withoutTemplates(condition);
        return of(datasetId, sql, kind, at);
    }

    /** Templates in snippets put in values of the run; what they put in is no column of the dataset. */
    private static String withoutTemplates(String text) {
        return TEMPLATE.matcher(text).replaceAll("null");
    }

    private static String relation(String datasetId) {
        return RelationNames.schemaOf(datasetId) + ".relation";
    }

    private List<ColumnDependency> of(String datasetId, String sql, Dependency kind, SourceLocation at) {
        if (sql.length() > LONGEST) {
            return List.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (StatementLineage statement : SqlLineage.analyze(sql, options).statements()) {
            for (ColumnUse use : statement.uses()) {
                if (use.column().table() != null && !use.column().column().equals(UpstreamColumn.ALL)) {
                    names.add(use.column().column());
                }
            }
        }
        List<ColumnDependency> dependencies = new ArrayList<>();
        names.forEach(name -> dependencies.add(new ColumnDependency(datasetId, name, kind, at)));
        return dependencies;
    }
}
