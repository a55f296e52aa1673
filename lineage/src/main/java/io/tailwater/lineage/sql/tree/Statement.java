package io.tailwater.lineage.sql.tree;

import java.util.List;

/** One statement. Text that is no statement of interest but understood as a whole is {@link Skipped}; text that could not be understood is {@link Unparsed}. */
public sealed interface Statement extends Node
        permits Ddl,
                Dml,
                ScriptStatement,
                Statement.QueryStatement,
                Statement.Explain,
                Statement.Skipped,
                Statement.Unparsed {
    /** A query by itself; {@code SELECT INTO} shows in {@link Select#into()}. */
    record QueryStatement(Query query, SourceRange range) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(query);
        }
    }

    /** {@code EXPLAIN statement}: reads nothing and writes nothing unless it analyses. */
    record Explain(Statement statement, SourceRange range) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of(statement);
        }
    }

    /** Recognised, without meaning for lineage: grants, sets, comments, sessions …; {@code kind} in small letters, like {@code grant}. */
    record Skipped(String kind, SourceRange range) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** A statement that could not be parsed; the tables in it are unknown. */
    record Unparsed(String reason, SourceRange range) implements Statement {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
