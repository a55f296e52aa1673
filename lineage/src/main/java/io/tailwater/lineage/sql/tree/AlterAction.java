package io.tailwater.lineage.sql.tree;

import java.util.List;

/** One change of an {@code ALTER TABLE}. */
public sealed interface AlterAction extends Node {
    /** {@code ADD [COLUMN] definition}. */
    record AddColumn(ColumnDefinition column, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(column);
        }
    }

    /** {@code DROP [COLUMN] name}. */
    record DropColumn(QualifiedName column, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(column);
        }
    }

    /** {@code RENAME COLUMN from TO to}; also {@code CHANGE from to type}. */
    record RenameColumn(QualifiedName from, Identifier to, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(from, to);
        }
    }

    /** {@code ALTER COLUMN c TYPE t} and its spellings. */
    record ChangeColumnType(QualifiedName column, DataType type, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(column, type);
        }
    }

    /** {@code RENAME TO name}. */
    record RenameTable(QualifiedName to, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(to);
        }
    }

    /** {@code SWAP WITH other}: both names change places. */
    record SwapWith(QualifiedName other, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(other);
        }
    }

    /** Data of {@code source} becomes part of the table: {@code EXCHANGE PARTITION}, {@code APPEND FROM}, {@code ATTACH PARTITION}. */
    record ExchangePartition(QualifiedName source, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of(source);
        }
    }

    /** A change that touches no column and moves no data. */
    record OtherAlteration(String words, SourceRange range) implements AlterAction {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
