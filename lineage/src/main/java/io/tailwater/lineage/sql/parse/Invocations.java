package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.lineage.sql.tree.UseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** CALL, EXEC, EXECUTE IMMEDIATE, DO, USE. */
final class Invocations extends GrammarPart {

    Invocations(Grammar grammar) {
        super(grammar);
    }

    Statement call(int mark) {
        boolean call = at(CALL);
        advance();
        if (at(IMMEDIATE) && next(FROM)) {
            return grammar.skips.rest(mark, "execute file");
        }
        if (accept(IMMEDIATE) || at('(') || at(Kind.STRING)) {
            return dynamic(mark);
        }
        if (at(Kind.VARIABLE) && next('=')) {
            advance();
            advance();
        }
        if (!grammar.names.atName()) {
            return grammar.skips.rest(mark, "execute");
        }
        QualifiedName name = grammar.names.table();
        if (name.parts().get(name.parts().size() - 1).text().equalsIgnoreCase("sp_executesql")) {
            return dynamic(mark);
        }
        List<Expression> arguments = List.of();
        if (at('(')) {
            arguments = grammar.calls.call(mark, name).arguments();
        } else if (!call && !atEnd() && !grammar.statements.atNextStatement()) {
            arguments = has(Feature.OPTIONAL_SEMICOLONS) ? commaSeparated(this::procedureArgument) : List.of();
        }
        boolean passed = !has(Feature.OPTIONAL_SEMICOLONS) || at(WITH) || at(AT);
        if (passed) {
            skipToEnd();
        }
        return new ScriptStatement.Call(name, arguments, rangeFrom(mark));
    }

    Expression procedureArgument() {
        if (at(Kind.VARIABLE) && next('=')) {
            int mark = mark();
            Identifier name = grammar.names.anyName();
            expect('=');
            Expression value = procedureArgument();
            return new Expression.NamedArgument(name, value, rangeFrom(mark));
        }
        Expression value = grammar.expressions.expression();
        acceptAny(OUTPUT, OUT);
        return value;
    }

    /** Dynamic SQL that is one constant string is read as the block it is. */
    private @Nullable Statement constant(int mark) {
        boolean parenthesised = at('(') && nextKind() == Kind.STRING && cursor.at(2, ')');
        boolean alone = at(Kind.STRING) && (next(';') || nextKind() == Kind.END);
        int string = parenthesised ? mark() + 1 : mark();
        Optional<List<Statement>> statements =
                alone || parenthesised ? grammar.embedded.statements(string) : Optional.empty();
        if (statements.isEmpty()) {
            return null;
        }
        cursor.index = parenthesised ? string + 2 : string + 1;
        if (accept(AT)) {
            grammar.names.anyName();
        }
        return new ScriptStatement.Block(null, List.of(), statements.get(), List.of(), rangeFrom(mark));
    }

    private Statement dynamic(int mark) {
        Statement constant = constant(mark);
        if (constant != null) {
            return constant;
        }
        Expression statement = grammar.expressions.expression();
        List<Expression> using = new ArrayList<>();
        while (!atEnd() && !grammar.statements.atNextStatement()) {
            if (accept(INTO) || accept(USING) || accept(',') || acceptAny(OUTPUT, IN, OUT)) {
                continue;
            }
            if (at(AS) || at(AT)) {
                grammar.skips.rest(mark, "execute");
                break;
            }
            using.add(grammar.selectItems.item().value());
        }
        return new ScriptStatement.ExecuteDynamic(statement, List.copyOf(using), rangeFrom(mark));
    }

    Statement use(int mark) {
        advance();
        UseKind kind = UseKind.DEFAULT;
        if (Names.isNameStart(nextKind()) || nextKind() == Kind.STRING) {
            kind = useKind();
        }
        if (!Names.isNameStart(cursor.kind(0))) {
            return grammar.skips.rest(mark, "use");
        }
        QualifiedName name = grammar.names.table();
        if (!has(Feature.OPTIONAL_SEMICOLONS)) {
            skipToEnd();
        }
        return new ScriptStatement.Use(kind, name, rangeFrom(mark));
    }

    private UseKind useKind() {
        if (acceptAny(DATABASE, CATALOG)) {
            return UseKind.DATABASE;
        }
        if (accept(SCHEMA)) {
            return UseKind.SCHEMA;
        }
        if (acceptAny(WAREHOUSE, ROLE, SECONDARY, COMPUTE)) {
            acceptAny(ROLES, GROUP);
            return UseKind.OTHER;
        }
        return UseKind.DEFAULT;
    }

    /** Postgres' {@code DO $$ … $$}. */
    @Nullable
    Statement anonymous(int mark) {
        int string = mark + 1;
        if (nextKind() != Kind.STRING) {
            return null;
        }
        skipToEnd();
        Optional<List<Statement>> body = grammar.embedded.statements(string);
        String opaque = body.isPresent() ? null : grammar.literals.contentOf(string);
        QualifiedName none = new QualifiedName(List.of(), rangeFrom(mark));
        return new Ddl.CreateRoutine(
                RoutineKind.BLOCK,
                none,
                List.of(),
                null,
                List.of(),
                body.orElse(List.of()),
                null,
                opaque,
                rangeFrom(mark));
    }
}
