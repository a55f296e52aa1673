package io.tailwater.lineage.sql.tree;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements that define datasets and routines. */
public sealed interface Ddl extends Statement {
    /** {@code CREATE TABLE} in all its forms; {@code query} for CTAS, {@code copy} for LIKE and CLONE. */
    record CreateTable(
            QualifiedName name,
            Set<CreateOption> options,
            List<ColumnDefinition> columns,
            List<TableConstraint> constraints,
            @Nullable TableCopy copy,
            @Nullable Query query,
            List<Property> properties,
            SourceRange range)
            implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, columns, constraints, copy, query, properties);
        }
    }

    /** Views of all kinds (see options: materialized, dynamic table, …); {@code target} is the table a ClickHouse materialized view writes {@code TO}. {@code query} is null when it could not be parsed or is absent. */
    record CreateView(
            QualifiedName name,
            Set<CreateOption> options,
            List<ColumnDefinition> columns,
            @Nullable QualifiedName target,
            @Nullable Query query,
            List<Property> properties,
            SourceRange range)
            implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, columns, target, query, properties);
        }
    }

    /** A second name or a change reader of a table: synonym, alias, stream. */
    record CreateSynonym(String kind, QualifiedName name, QualifiedName source, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, source);
        }
    }

    /** Procedures, functions, macros, tasks, triggers, pipes: {@code body} for statements, {@code result} for expression bodies (a {@link Expression.Subquery} for queries), {@code opaqueBody} for text in another language. */
    record CreateRoutine(
            RoutineKind kind,
            QualifiedName name,
            List<RoutineParameter> parameters,
            @Nullable DataType returns,
            List<ColumnDefinition> returnedColumns,
            List<Statement> body,
            @Nullable Expression result,
            @Nullable String opaqueBody,
            SourceRange range)
            implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, parameters, returns, returnedColumns, body, result);
        }
    }

    /** {@code ALTER TABLE} or {@code ALTER VIEW}. */
    record AlterTable(QualifiedName name, List<AlterAction> actions, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, actions);
        }
    }

    /** {@code ALTER VIEW name AS query}: redefines. */
    record AlterView(QualifiedName name, List<ColumnDefinition> columns, Query query, SourceRange range)
            implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, columns, query);
        }
    }

    /** {@code DROP TABLE a, b}. */
    record Drop(ObjectKind kind, List<QualifiedName> names, boolean ifExists, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(names);
        }
    }

    /** {@code TRUNCATE TABLE}. */
    record Truncate(List<QualifiedName> names, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(names);
        }
    }

    /** {@code RENAME TABLE a TO b, c TO d}; {@code EXCHANGE TABLES a AND b} gives both directions. */
    record RenameTables(List<TableRenaming> renamings, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(renamings);
        }
    }

    /** Spark's {@code CACHE TABLE name AS query}: defines a name for the session. */
    record CacheTable(QualifiedName name, @Nullable Query query, SourceRange range) implements Ddl {
        @Override
        public List<Node> children() {
            return Children.of(name, query);
        }
    }
}
