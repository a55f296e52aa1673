package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that change rows. */
public sealed interface Dml extends Statement {
    /** {@code INSERT INTO target (columns) query}; {@code VALUES} is a query; {@code assignments} for MySQL's {@code SET} form; {@code partition} for {@code PARTITION (d = '…', h)}, where a dynamic key has no value (a {@link Expression.Symbol} {@code DYNAMIC}). */
    record Insert(
            @Nullable With with,
            Relation target,
            boolean overwrite,
            List<QualifiedName> columns,
            boolean byName,
            List<Assignment> partition,
            @Nullable Query query,
            List<Assignment> assignments,
            @Nullable OnConflict onConflict,
            List<SelectItem> returning,
            SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(with, target, columns, partition, query, assignments, onConflict, returning);
        }
    }

    /** Hive's {@code FROM source INSERT … INSERT …}: each insert's query reads the shared source relation, which is the same object in all of them. */
    record MultiInsert(List<Insert> inserts, SourceRange range) implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(inserts);
        }
    }

    /** {@code INSERT ALL|FIRST [WHEN …] INTO … source} of Oracle and Snowflake. */
    record ConditionalInsert(boolean first, List<InsertBranch> branches, Query source, SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(branches, source);
        }
    }

    /** {@code UPDATE target SET … FROM …}; MySQL's joined target is a {@link Relation.Joined}. */
    record Update(
            @Nullable With with,
            Relation target,
            List<Assignment> assignments,
            List<Relation> from,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Limit limit,
            List<SelectItem> returning,
            SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(with, target, assignments, from, where, orderBy, limit, returning);
        }
    }

    /** {@code DELETE}: {@code from} holds the table itself and USING relations; {@code targets} only where names stand apart from it ({@code DELETE a FROM t a JOIN …}); else the first of {@code from} is the target. */
    record Delete(
            @Nullable With with,
            List<QualifiedName> targets,
            List<Relation> from,
            @Nullable Expression where,
            List<OrderItem> orderBy,
            @Nullable Limit limit,
            List<SelectItem> returning,
            SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(with, targets, from, where, orderBy, limit, returning);
        }
    }

    /** {@code MERGE INTO target USING source ON condition WHEN …}. */
    record Merge(
            @Nullable With with,
            Relation target,
            Relation source,
            Expression condition,
            List<MergeBranch> branches,
            List<SelectItem> returning,
            SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(with, target, source, condition, branches, returning);
        }
    }

    /** Data moved between table, query and file or stage: COPY, UNLOAD, LOAD DATA, EXPORT DATA, INSERT OVERWRITE DIRECTORY. {@code columns} are the target table's. */
    record Copy(Relation source, Relation target, List<Identifier> columns, List<Property> options, SourceRange range)
            implements Dml {
        @Override
        public List<Node> children() {
            return Children.of(source, target, columns, options);
        }
    }
}
