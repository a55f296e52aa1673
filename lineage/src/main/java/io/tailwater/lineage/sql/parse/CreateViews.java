package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.tree.ColumnDefinition;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** CREATE VIEW and its relatives: materialized views, dynamic tables, cached tables. */
final class CreateViews extends GrammarPart {

    CreateViews(Grammar grammar) {
        super(grammar);
    }

    /** The rest of a CREATE VIEW, behind the word VIEW. */
    Statement view(int mark, Set<CreateOption> options) {
        grammar.creates.ifNotExists(options);
        QualifiedName name = grammar.names.table();
        grammar.creates.ifNotExists(options);
        List<ColumnDefinition> columns = at('(') && !grammar.queries.startsBehindParentheses(1) ? columns() : List.of();
        QualifiedName target = accept(TO) ? grammar.names.table() : null;
        skipUntil(this::atQuery);
        accept(AS);
        Query query = grammar.queries.startsBehindParentheses(0) ? grammar.queries.query() : null;
        skipOptionsBehind();
        return new Ddl.CreateView(name, options, columns, target, query, List.of(), rangeFrom(mark));
    }

    private boolean atQuery() {
        return at(AS) && grammar.queries.startsBehindParentheses(1) || grammar.statements.atNextStatement();
    }

    private List<ColumnDefinition> columns() {
        expect('(');
        List<ColumnDefinition> columns = new ArrayList<>();
        while (!at(')')) {
            if (grammar.definitions.atConstraint()) {
                grammar.definitions.constraint();
            } else {
                columns.add(grammar.definitions.column());
            }
            if (!accept(',')) {
                break;
            }
        }
        expect(')');
        return List.copyOf(columns);
    }

    /** {@code WITH CHECK OPTION}, {@code WITH NO SCHEMA BINDING}, {@code WITH [NO] DATA}, {@code WITH READ ONLY} …. */
    void skipOptionsBehind() {
        if (at(WITH) || at(COMMENT)) {
            advance();
            skipUntil(grammar.statements::atNextStatement);
        }
    }

    /** {@code CACHE [LAZY] TABLE name [OPTIONS (…)] [AS] query}. */
    Statement cache(int mark) {
        advance();
        accept(LAZY);
        accept(TABLE);
        QualifiedName name = grammar.names.table();
        if (accept(OPTIONS)) {
            skipParenthesised();
        }
        accept(AS);
        Query query = grammar.queries.startsBehindParentheses(0) ? grammar.queries.query() : null;
        return new Ddl.CacheTable(name, query, rangeFrom(mark));
    }
}
