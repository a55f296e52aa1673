package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements of scripts and procedures. */
public sealed interface ScriptStatement extends Statement {
    /** {@code BEGIN … EXCEPTION … END}, TRY … CATCH: {@code handlers} hold all statements of exception handlers. */
    record Block(
            @Nullable Identifier label,
            List<Statement> declarations,
            List<Statement> statements,
            List<Statement> handlers,
            SourceRange range)
            implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(label, declarations, statements, handlers);
        }
    }

    /** {@code IF … ELSEIF … ELSE}, and CASE as a statement. */
    record If(List<GuardedStatements> branches, List<Statement> otherwise, SourceRange range)
            implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(branches, otherwise);
        }
    }

    /** WHILE, REPEAT, LOOP, FOR: {@code cursor} is the query a FOR walks with {@code variable}. */
    record Loop(
            @Nullable Expression condition,
            @Nullable Query cursor,
            @Nullable Identifier variable,
            List<Statement> statements,
            SourceRange range)
            implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(condition, cursor, variable, statements);
        }
    }

    /** A variable, table variable ({@code columns}) or cursor ({@code query}). */
    record Declare(
            List<Identifier> names,
            @Nullable DataType type,
            @Nullable Expression value,
            @Nullable Query query,
            List<ColumnDefinition> columns,
            SourceRange range)
            implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(names, type, value, query, columns);
        }
    }

    /** {@code SET x = 1}, {@code x := 1}, {@code LET x = …}. */
    record SetVariable(List<Identifier> names, Expression value, SourceRange range) implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(names, value);
        }
    }

    /** {@code CALL p(…)}, {@code EXEC p …}. */
    record Call(QualifiedName name, List<Expression> arguments, SourceRange range) implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(name, arguments);
        }
    }

    /** {@code EXECUTE IMMEDIATE}, {@code EXEC (@sql)}, {@code sp_executesql}: SQL only known at run time, unless a literal. */
    record ExecuteDynamic(Expression statement, List<Expression> using, SourceRange range) implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(statement, using);
        }
    }

    /** {@code RETURN}; a query is an {@link Expression.Subquery}. */
    record Return(@Nullable Expression value, SourceRange range) implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(value);
        }
    }

    /** {@code USE DATABASE x}, {@code SET search_path}, {@code SET SCHEMA}. */
    record Use(UseKind kind, QualifiedName name, SourceRange range) implements ScriptStatement {
        @Override
        public List<Node> children() {
            return Children.of(name);
        }
    }
}
