package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.PathKind;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/** COPY, UNLOAD, LOAD DATA, EXPORT DATA, PUT: data between tables, queries, files and stages. */
final class Copies extends GrammarPart {

    Copies(Grammar grammar) {
        super(grammar);
    }

    Statement statement(int mark, Keyword keyword) {
        return switch (keyword) {
            case COPY -> copy(mark);
            case UNLOAD -> unload(mark);
            case LOAD -> next(DATA) || next(XML) || next(OVERWRITE) ? load(mark) : grammar.skips.rest(mark, "load");
            case EXPORT -> next(DATA) ? export(mark) : grammar.skips.rest(mark, "export");
            default -> put(mark);
        };
    }

    /** {@code COPY [INTO] a (columns) FROM|TO b …}. */
    private Statement copy(int mark) {
        advance();
        boolean into = accept(INTO);
        Relation left = end();
        List<Identifier> columns = at('(') ? columns() : List.of();
        if (!into && accept(TO)) {
            Relation target = end();
            skipRest();
            return new Dml.Copy(left, target, List.of(), List.of(), rangeFrom(mark));
        }
        skipUntil(() -> at(FROM));
        if (!accept(FROM)) {
            return grammar.skips.rest(mark, "copy");
        }
        Relation source = end();
        skipRest();
        return new Dml.Copy(source, left, columns, List.of(), rangeFrom(mark));
    }

    private List<Identifier> columns() {
        expect('(');
        List<Identifier> names = new ArrayList<>();
        while (Names.isNameStart(cursor.kind(0))) {
            names.add(grammar.names.anyName());
            skipUntil(() -> at(','));
            if (!accept(',')) {
                break;
            }
        }
        expect(')');
        return List.copyOf(names);
    }

    /** One side: table, stage, file, query in parentheses, STDIN. */
    private Relation end() {
        int mark = mark();
        if (at('(')) {
            Query query = grammar.queries.parenthesisedQuery();
            return new Relation.DerivedTable(query, false, List.of(), null, rangeFrom(mark));
        }
        if (at(Kind.STRING)) {
            return new Relation.PathReference(
                    PathKind.FILE, grammar.literals.string().text(), List.of(), List.of(), null, rangeFrom(mark));
        }
        if (at(Kind.STAGE)) {
            String path = cursor.text(mark);
            advance();
            return new Relation.PathReference(PathKind.STAGE, path, List.of(), List.of(), null, rangeFrom(mark));
        }
        if (atAny(STDIN, STDOUT, PROGRAM, LOCAL)) {
            String word = takeWord();
            accept(Kind.STRING);
            return new Relation.PathReference(PathKind.FILE, word, List.of(), List.of(), null, rangeFrom(mark));
        }
        if (grammar.literals.atParameter()) {
            return new Relation.ParameterTable(grammar.literals.parameter(), List.of(), null, rangeFrom(mark));
        }
        return new Relation.TableReference(grammar.names.table(), List.of(), null, rangeFrom(mark));
    }

    private void skipRest() {
        while (!atEnd() && !at(END) && !grammar.statements.atNextStatement()) {
            advance();
        }
    }

    /** Redshift's {@code UNLOAD ('query') TO 'path'}; the query is text of its own in a string, so it is parsed by itself. */
    private Statement unload(int mark) {
        advance();
        expect('(');
        int from = mark();
        Relation source;
        if (at(Kind.STRING)) {
            source = embeddedQuery(from);
        } else {
            source = new Relation.DerivedTable(grammar.queries.query(), false, List.of(), null, rangeFrom(from));
        }
        expect(')');
        expect(TO);
        Relation target = end();
        skipRest();
        return new Dml.Copy(source, target, List.of(), List.of(), rangeFrom(mark));
    }

    private Relation embeddedQuery(int from) {
        Expression text = grammar.literals.string();
        List<Statement> statements = grammar.embedded.statements(from).orElse(List.of());
        if (statements.size() == 1 && statements.get(0) instanceof Statement.QueryStatement query) {
            return new Relation.DerivedTable(query.query(), false, List.of(), null, rangeFrom(from));
        }
        return new Relation.ParameterTable(text, List.of(), null, rangeFrom(from));
    }

    /** {@code LOAD DATA [LOCAL] INPATH|INFILE 'path' [OVERWRITE] INTO TABLE t}; BigQuery's {@code LOAD DATA INTO t FROM FILES(…)}. */
    private Statement load(int mark) {
        advance();
        advance();
        skipUntil(() -> at(Kind.STRING) || at(INTO) || at(OVERWRITE));
        int path = mark();
        Relation source = new Relation.PathReference(PathKind.FILE, "", List.of(), List.of(), null, emptyRange());
        if (at(Kind.STRING)) {
            source = new Relation.PathReference(
                    PathKind.FILE, grammar.literals.string().text(), List.of(), List.of(), null, rangeFrom(path));
            skipUntil(() -> at(INTO));
        }
        acceptAny(INTO, OVERWRITE);
        accept(TABLE);
        acceptAny(TEMP, TEMPORARY);
        accept(TABLE);
        int table = mark();
        Relation target = new Relation.TableReference(grammar.names.table(), List.of(), null, rangeFrom(table));
        skipRest();
        return new Dml.Copy(source, target, List.of(), List.of(), rangeFrom(mark));
    }

    /** BigQuery's {@code EXPORT DATA OPTIONS (…) AS query}. */
    private Statement export(int mark) {
        advance();
        advance();
        skipUntil(() -> at(OPTIONS));
        int options = mark();
        expect(OPTIONS);
        skipParenthesised();
        Relation target =
                new Relation.PathReference(PathKind.FILE, uri(options), List.of(), List.of(), null, rangeFrom(options));
        expect(AS);
        int from = mark();
        Relation source = new Relation.DerivedTable(grammar.queries.query(), false, List.of(), null, rangeFrom(from));
        return new Dml.Copy(source, target, List.of(), List.of(), rangeFrom(mark));
    }

    private String uri(int from) {
        for (int token = from; token < cursor.index; token++) {
            boolean isUri = cursor.tokens.is(token, '=')
                    && cursor.tokens.kind(token + 1) == Kind.STRING
                    && cursor.text(token - 1).equalsIgnoreCase("uri");
            if (isUri) {
                return grammar.literals.contentOf(token + 1);
            }
        }
        return "";
    }

    private Statement put(int mark) {
        skipRest();
        return grammar.skips.skipped(mark, "put");
    }

    /** {@code (name => value, …)} behind a stage or file. */
    List<Expression> options() {
        List<Expression> options = new ArrayList<>();
        expect('(');
        while (!at(')') && !atEnd()) {
            int mark = mark();
            skipUntil(() -> at(','));
            options.add(new Expression.Symbol(rangeFrom(mark).of(cursor.sql), rangeFrom(mark)));
            accept(',');
        }
        expect(')');
        return List.copyOf(options);
    }
}
