package io.tailwater.lineage.sql.tree;

import io.tailwater.lineage.sql.tree.Expression.FunctionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a FROM clause reads. The tree keeps what stands in the text; which names are CTEs, tables or arrays is decided by the scopes. */
public sealed interface Relation extends Node {
    /** A name: table, view, CTE, or an array column of a relation further left. */
    record TableReference(
            QualifiedName name,
            List<RelationModifier> modifiers,
            @Nullable Alias alias,
            SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(name, modifiers, alias);
        }
    }

    /** Files and stages read as tables: {@code @stage/path}, {@code 'file.parquet'}, {@code 's3://…'}; {@code path} without quotes, with the stage's {@code @}. */
    record PathReference(
            PathKind kind,
            String path,
            List<Expression> options,
            List<RelationModifier> modifiers,
            @Nullable Alias alias,
            SourceRange range)
            implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(options, modifiers, alias);
        }
    }

    /** A query in parentheses, VALUES included. */
    record DerivedTable(
            Query query,
            boolean lateral,
            List<RelationModifier> modifiers,
            @Nullable Alias alias,
            SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(query, modifiers, alias);
        }
    }

    /** A call that gives rows: {@code UNNEST}, {@code FLATTEN}, {@code generate_series}, {@code OPENJSON}, {@code JSON_TABLE} …; {@code TABLE(f(x))} is the call {@code f(x)}. {@code columns} are those the text declares ({@code WITH (…)}, {@code COLUMNS (…)}, {@code AS t(a int)} stay in the alias). */
    record TableFunction(
            FunctionCall call,
            boolean lateral,
            List<ColumnDefinition> columns,
            @Nullable WithPosition position,
            List<RelationModifier> modifiers,
            @Nullable Alias alias,
            SourceRange range)
            implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(call, columns, position, modifiers, alias);
        }
    }

    /** A table that is only known at run time: table variable, bind parameter, placeholder, {@code identifier($x)}. */
    record ParameterTable(
            Expression parameter,
            List<RelationModifier> modifiers,
            @Nullable Alias alias,
            SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(parameter, modifiers, alias);
        }
    }

    /** A chain of joins, evaluated from the left; {@code alias} only where parentheses around it have one. */
    record Joined(
            Relation first, List<Join> joins, @Nullable Alias alias, SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(first, joins, alias);
        }
    }

    /** {@code source PIVOT (aggregates FOR columns)}; DuckDB's {@code PIVOT source ON … USING …} gives the same node. {@code groupBy} is empty when all remaining columns group. */
    record Pivot(
            Relation source,
            List<SelectItem> aggregates,
            List<PivotColumn> columns,
            List<Expression> groupBy,
            @Nullable Alias alias,
            SourceRange range)
            implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(source, aggregates, columns, groupBy, alias);
        }
    }

    /** {@code source UNPIVOT (value FOR name IN (groups))}. */
    record Unpivot(
            Relation source,
            boolean includeNulls,
            List<Identifier> valueColumns,
            List<Identifier> nameColumns,
            List<UnpivotGroup> groups,
            @Nullable Alias alias,
            SourceRange range)
            implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(source, valueColumns, nameColumns, groups, alias);
        }
    }

    /** Row pattern matching; {@code allRows} when input columns pass through; {@code definitions} name each pattern variable's condition. */
    record MatchRecognize(
            Relation source,
            List<Expression> partitionBy,
            List<OrderItem> orderBy,
            List<SelectItem> measures,
            boolean allRows,
            List<SelectItem> definitions,
            @Nullable Alias alias,
            SourceRange range)
            implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(source, partitionBy, orderBy, measures, definitions, alias);
        }
    }

    /** The rows that a changing statement gives back: {@code FROM (INSERT … RETURNING …)}, {@code FROM FINAL TABLE (…)}. */
    record ChangedRows(Statement statement, @Nullable Alias alias, SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of(statement, alias);
        }
    }

    /** Text that could not be understood where a relation stood. */
    record UnparsedRelation(String reason, SourceRange range) implements Relation {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
