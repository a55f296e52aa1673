package io.tailwater.lineage.sql.tree;

import io.tailwater.lineage.sql.tree.Expression.Row;
import java.util.List;

/** What a query is made of, before its ORDER BY and LIMIT. */
public sealed interface QueryBody extends Node
        permits Query, Select, SetOperation, QueryBody.Values, QueryBody.Pipeline, QueryBody.UnparsedQuery {
    /** {@code VALUES (…), (…)}. */
    record Values(List<Row> rows, SourceRange range) implements QueryBody {
        @Override
        public List<Node> children() {
            return Children.of(rows);
        }
    }

    /** Pipe syntax; {@code source} is usually a {@link Select} with an implied star ({@code FROM t |> …}). */
    record Pipeline(QueryBody source, List<PipeStep> steps, SourceRange range) implements QueryBody {
        @Override
        public List<Node> children() {
            return Children.of(source, steps);
        }
    }

    /** Text that could not be understood where a query stood. */
    record UnparsedQuery(String reason, SourceRange range) implements QueryBody {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
