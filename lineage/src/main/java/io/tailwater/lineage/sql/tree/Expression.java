package io.tailwater.lineage.sql.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something with a value. Parentheses leave no node of their own: a node's range is that of its own tokens, without redundant parentheses around it. */
public sealed interface Expression extends Node {
    /** A constant; {@code text} is the value without quotes and prefix, escapes kept as written. */
    record Literal(LiteralKind kind, String text, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code DATE '2024-01-31'} and the like. */
    record TypedLiteral(DataType type, Literal value, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(type, value);
        }
    }

    /** A possibly qualified name in value position: column, table row, struct path or bare constant; what it means is decided by the scopes. {@code outerJoinMark} is Oracle's {@code (+)}. */
    record ColumnReference(List<Identifier> parts, boolean outerJoinMark, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(parts);
        }
    }

    /** A keyword or bare word in an argument position where the database takes it as itself, not as a column: the {@code YEAR} of {@code EXTRACT(YEAR FROM x)}. */
    record Symbol(String word, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** {@code *}, {@code t.*}, {@code struct_value.*}; {@code source} is null for the bare one. Also found inside calls ({@code count(*)}). An empty range marks a star that the text only implies ({@code FROM t}). */
    record Star(@Nullable Expression source, @Nullable StarModifiers modifiers, SourceRange range)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(source, modifiers);
        }
    }

    /** DuckDB's and ClickHouse's {@code COLUMNS('regex')}, {@code COLUMNS(*)}, {@code COLUMNS(c -> …)}: all columns that the pattern picks. */
    record ColumnsPattern(
            @Nullable Expression source,
            Expression pattern,
            @Nullable StarModifiers modifiers,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(source, pattern, modifiers);
        }
    }

    /** A call; also calls without parentheses ({@code CURRENT_DATE}) and calls with words between the arguments ({@code TRIM(BOTH 'x' FROM y)}, whose words become {@link Symbol}s). */
    record FunctionCall(
            QualifiedName name,
            List<Expression> arguments,
            @Nullable CallModifiers modifiers,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(name, arguments, modifiers);
        }
    }

    /** {@code name => value} or {@code name := value} inside a call. */
    record NamedArgument(Identifier name, Expression value, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(name, value);
        }
    }

    /** {@code value AS alias} inside an expression or argument list (struct fields, ClickHouse). */
    record Aliased(Expression value, Identifier alias, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, alias);
        }
    }

    /** A relation given to a function: {@code TABLE t}, {@code TABLE(f(x))}, {@code DESCRIPTOR}-less input of a table function. */
    record TableArgument(Relation relation, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(relation);
        }
    }

    /** {@code x -> x + 1}, {@code (a, b) -> …}, {@code lambda x: …}. */
    record Lambda(List<Identifier> parameters, Expression body, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(parameters, body);
        }
    }

    /** Both forms of {@code CASE}; {@code operand} is null in the searched form. */
    record Case(
            @Nullable Expression operand,
            List<CaseBranch> branches,
            @Nullable Expression otherwise,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(operand, branches, otherwise);
        }
    }

    /** {@code CAST(x AS t)}, {@code x::t}, {@code CONVERT(t, x)}; {@code safe} when a failing cast gives null. */
    record Cast(
            Expression value,
            DataType type,
            boolean safe,
            @Nullable Expression format,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, type, format);
        }
    }

    /** {@code value IN (…)}; a lone {@link Subquery}, {@code UNNEST(…)} call, parameter or name as candidate stands for a set of values. */
    record In(Expression value, List<Expression> candidates, boolean negated, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, candidates);
        }
    }

    /** {@code EXISTS (query)}. */
    record Exists(Query query, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(query);
        }
    }

    /** A query in value position, scalar or (in {@link In}, {@link Quantified}, {@code ARRAY(…)}) a column of values. */
    record Subquery(Query query, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(query);
        }
    }

    /** {@code ANY (…)}, {@code ALL (…)} at the right of a comparison. */
    record Quantified(Quantifier quantifier, Expression operand, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(operand);
        }
    }

    /** {@code value BETWEEN low AND high}. */
    record Between(
            Expression value, Expression low, Expression high, boolean negated, boolean symmetric, SourceRange range)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, low, high);
        }
    }

    /** The pattern matches; {@code pattern} is a {@link Quantified} for {@code LIKE ANY (…)}. */
    record Like(
            LikeKind kind,
            Expression value,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated,
            SourceRange range)
            implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, pattern, escape);
        }
    }

    /** {@code value IS [NOT] NULL} and its family; {@code operand} only for tests that have one ({@code IS DISTINCT FROM operand}). */
    record Is(
            Expression value,
            IsTest test,
            boolean negated,
            @Nullable Expression operand,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, operand);
        }
    }

    /** One operand: {@code -}, {@code +}, {@code ~}, {@code NOT}, {@code PRIOR}, {@code CONNECT_BY_ROOT}, {@code !} …. */
    record Unary(String operator, Expression operand, boolean postfix, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(operand);
        }
    }

    /** A chain of infix operators of one precedence, evaluated from the left: {@code operands} has one element more than {@code operators}. {@code a AND b AND c} is one node with three operands, so long chains stay flat. */
    record Operation(List<Operator> operators, List<Expression> operands, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(operands);
        }
    }

    /** {@code ARRAY[1, 2]}, {@code [1, 2]}, {@code ARRAY<INT64>[1]}. */
    record ArrayConstructor(
            List<Expression> elements, @Nullable DataType type, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(elements, type);
        }
    }

    /** {@code (a, b)}, {@code ROW(a, b)}; {@code named} when written with the word {@code ROW}. */
    record Row(List<Expression> elements, boolean named, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(elements);
        }
    }

    /** {@code STRUCT(a AS x, b)}, {@code {'k': v}}: fields are {@link Aliased}, or bare values whose name comes from them or from the type. */
    record StructConstructor(
            List<Expression> fields, @Nullable DataType type, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(fields, type);
        }
    }

    /** {@code MAP {'a': 1}}: keys and values at equal positions. */
    record MapConstructor(List<Expression> keys, List<Expression> values, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(keys, values);
        }
    }

    /** {@code base[i]}, {@code base[lo:hi]} (a {@link Slice}), {@code arr[OFFSET(0)]}. */
    record Subscript(Expression base, List<Expression> indexes, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(base, indexes);
        }
    }

    /** {@code lower:upper:step} inside a {@link Subscript}. */
    record Slice(
            @Nullable Expression lower,
            @Nullable Expression upper,
            @Nullable Expression step,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(lower, upper, step);
        }
    }

    /** {@code f(x).a}, {@code (s).a}, {@code arr[0].a}; a chain of plain names is a {@link ColumnReference} instead. */
    record FieldAccess(Expression base, Identifier field, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(base, field);
        }
    }

    /** {@code base:a.b[0]} of Snowflake and Databricks: steps are {@link Symbol}s for names and other expressions for subscripts. */
    record VariantPath(Expression base, List<Expression> steps, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(base, steps);
        }
    }

    /** {@code INTERVAL '1' DAY}, {@code INTERVAL '1-2' YEAR TO MONTH}; units in capitals, null when the string tells all. */
    record Interval(
            Expression value,
            @Nullable String unit,
            @Nullable String toUnit,
            SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value);
        }
    }

    /** {@code value AT TIME ZONE zone}; {@code zone} is null for {@code AT LOCAL}. */
    record AtTimeZone(Expression value, @Nullable Expression zone, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, zone);
        }
    }

    /** {@code value COLLATE collation}. */
    record Collate(Expression value, QualifiedName collation, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of(value, collation);
        }
    }

    /** Something filled in from outside: bind parameter, script variable, template placeholder; {@code text} as written. */
    record Parameter(ParameterKind kind, String text, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }

    /** Text that could not be understood where an expression stood; a {@code Recovery} tells the same. */
    record UnparsedExpression(String reason, SourceRange range) implements Expression {
        @Override
        public List<Node> children() {
            return Children.of();
        }
    }
}
