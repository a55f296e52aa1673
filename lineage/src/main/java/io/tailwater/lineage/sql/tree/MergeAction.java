package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a branch of MERGE does. */
public sealed interface MergeAction extends Node {
    /** {@code UPDATE SET …}; {@code deleteCondition} is Oracle's {@code DELETE WHERE}. */
    record MergeUpdate(
            List<Assignment> assignments, @Nullable Expression deleteCondition, SourceRange range)
            implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of(assignments, deleteCondition);
        }
    }

    /** {@code UPDATE SET *}: by name. */
    record MergeUpdateAll(SourceRange range) implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code INSERT (columns) VALUES (values)}; no columns means all, by position. */
    record MergeInsert(List<QualifiedName> columns, List<Expression> values, SourceRange range) implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of(columns, values);
        }
    }

    /** {@code INSERT *}, {@code INSERT ROW}, {@code INSERT ALL BY NAME}: every column of the source. */
    record MergeInsertAll(SourceRange range) implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code DELETE}. */
    record MergeDelete(SourceRange range) implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code DO NOTHING} and errors raised. */
    record MergeNothing(SourceRange range) implements MergeAction {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
