package io.tailwater.lineage.sql.parse;

import static io.tailwater.lineage.sql.dialect.Keyword.*;

import io.tailwater.lineage.sql.dialect.Feature;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.CreateOption;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.QualifiedName;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE: which kind of thing, and the words before it. */
final class Creates extends GrammarPart {

    Creates(Grammar grammar) {
        super(grammar);
    }

    Statement create(int mark) {
        Set<CreateOption> options = EnumSet.noneOf(CreateOption.class);
        boolean table = at(CT);
        boolean view = at(CV);
        advance();
        if (table || view) {
            return table ? grammar.createTables.table(mark, options) : grammar.createViews.view(mark, options);
        }
        while (true) {
            Keyword keyword = cursor.keyword(0);
            if (keyword == null || next(Kind.END)) {
                if (at(Kind.WORD) || at('=') || at(Kind.QUOTED) || at(Kind.STRING) || at('@')) {
                    advance();
                    continue;
                }
                return grammar.skips.rest(mark, "create");
            }
            Statement statement = kind(mark, keyword, options);
            if (statement != null) {
                return statement;
            }
        }
    }

    private boolean next(Kind kind) {
        return nextKind() == kind;
    }

    @Nullable
    private Statement kind(int mark, Keyword keyword, Set<CreateOption> options) {
        switch (keyword) {
            case TABLE -> {
                advance();
                if (at(FUNCTION)) {
                    advance();
                    return grammar.routines.routine(mark, RoutineKind.TABLE_FUNCTION);
                }
                boolean likeView = options.contains(CreateOption.DYNAMIC);
                return likeView ? grammar.createViews.view(mark, options) : grammar.createTables.table(mark, options);
            }
            case VIEW -> {
                advance();
                return grammar.createViews.view(mark, options);
            }
            case FUNCTION, AGGREGATE -> {
                if (accept(AGGREGATE) && !at(FUNCTION)) {
                    return grammar.skips.rest(mark, "create aggregate");
                }
                advance();
                return grammar.routines.routine(mark, RoutineKind.FUNCTION);
            }
            case PROCEDURE, PROC -> {
                advance();
                return grammar.routines.routine(mark, RoutineKind.PROCEDURE);
            }
            case MACRO -> {
                advance();
                return grammar.routines.routine(mark, RoutineKind.MACRO);
            }
            case TASK, EVENT -> {
                advance();
                return grammar.routines.scheduled(mark, RoutineKind.TASK);
            }
            case PIPE -> {
                advance();
                return grammar.routines.scheduled(mark, RoutineKind.PIPE);
            }
            case TRIGGER -> {
                advance();
                return grammar.routines.trigger(mark);
            }
            case FLOW -> {
                advance();
                grammar.names.table();
                if (accept(AS) && at(AUTO) && next(CDC)) {
                    return grammar.inserts.changes(mark);
                }
                return at(INSERT) ? grammar.inserts.insert(mark, null) : grammar.skips.rest(mark, "create flow");
            }
            case SCRIPT -> {
                return script(mark);
            }
            case SYNONYM, ALIAS -> {
                return synonym(mark);
            }
            case STREAM -> {
                return stream(mark);
            }
            case PACKAGE -> {
                return has(Feature.PL_SQL) ? packageOf(mark) : other(mark, keyword, options);
            }
            case SCHEMA,
                    DATABASE,
                    INDEX,
                    USER,
                    ROLE,
                    WAREHOUSE,
                    STAGE,
                    FILE,
                    SEQUENCE,
                    TYPE,
                    DOMAIN,
                    EXTENSION,
                    SERVER,
                    CATALOG,
                    LOGIN,
                    POLICY,
                    ROW,
                    MASKING,
                    TAG,
                    CONNECTION,
                    INTEGRATION,
                    NETWORK,
                    RESOURCE,
                    RULE,
                    CAST,
                    OPERATOR,
                    PUBLICATION,
                    SUBSCRIPTION,
                    STATISTICS,
                    TABLESPACE,
                    FOREIGN_DATA,
                    LIBRARY,
                    SHARE,
                    MODEL,
                    SECRET,
                    DICTIONARY,
                    SOURCE,
                    SINK,
                    ASSEMBLY,
                    RESERVATION,
                    CAPACITY,
                    ASSIGNMENT,
                    SEARCH,
                    VECTOR,
                    BLOOMFILTER,
                    CONTEXT,
                    DIRECTORY,
                    PROFILE,
                    CONSTRAINT,
                    FORMAT,
                    GROUP,
                    COLLATION,
                    ACCESS,
                    CONVERSION,
                    LANGUAGE,
                    TRANSFORM,
                    TEXT,
                    KEYSPACE,
                    LOGICAL,
                    PARTITION,
                    MUTABLE,
                    QUOTA,
                    SETTINGS,
                    NAMED,
                    WORKLOAD,
                    PROJECTION,
                    LOCAL -> {
                return other(mark, keyword, options);
            }
            default -> {
                option(keyword, options);
                return null;
            }
        }
    }

    /** Words that are kinds of things unless a table or view follows ({@code CREATE LOCAL TEMPORARY TABLE}). */
    @Nullable
    private Statement other(int mark, Keyword keyword, Set<CreateOption> options) {
        boolean qualifier = keyword == LOCAL || next(TABLE) || next(VIEW);
        if (qualifier) {
            advance();
            return null;
        }
        options.clear();
        return grammar.skips.rest(mark, "create " + keyword.name().toLowerCase(Locale.ROOT));
    }

    private void option(Keyword keyword, Set<CreateOption> options) {
        advance();
        switch (keyword) {
            case OR -> {
                if (acceptAny(REPLACE, ALTER, REFRESH)) {
                    options.add(CreateOption.OR_REPLACE);
                }
            }
            case TEMPORARY, TEMP, VOLATILE -> options.add(CreateOption.TEMPORARY);
            case EXTERNAL -> options.add(CreateOption.EXTERNAL);
            case TRANSIENT -> options.add(CreateOption.TRANSIENT);
            case MATERIALIZED -> options.add(CreateOption.MATERIALIZED);
            case DYNAMIC, STREAMING, LIVE -> options.add(CreateOption.DYNAMIC);
            case RECURSIVE -> options.add(CreateOption.RECURSIVE);
            case FOREIGN -> options.add(CreateOption.FOREIGN);
            case IF -> ifNotExistsBehindIf(options);
            default -> {}
        }
    }

    private void ifNotExistsBehindIf(Set<CreateOption> options) {
        if (accept(NOT, EXISTS)) {
            options.add(CreateOption.IF_NOT_EXISTS);
        }
    }

    /** {@code IF NOT EXISTS}, if it stands here. */
    void ifNotExists(Set<CreateOption> options) {
        if (at(IF) && next(NOT)) {
            advance();
            ifNotExistsBehindIf(options);
        }
    }

    /** Oracle's packages: what is declared in them, and the block that starts them. */
    private Statement packageOf(int mark) {
        advance();
        accept(BODY);
        QualifiedName name = grammar.names.table();
        skipUntil(() -> atAny(IS, AS));
        if (!acceptAny(IS, AS)) {
            return grammar.skips.rest(mark, "create package");
        }
        List<Statement> body = List.of(grammar.scripts.routineBlock());
        if (accept(END) && grammar.names.atName()) {
            advance();
        }
        return new Ddl.CreateRoutine(
                RoutineKind.PROCEDURE, name, List.of(), null, List.of(), body, null, null, rangeFrom(mark));
    }

    /** Exasol's scripts: their body, in whatever language, lasts to a line with a slash. */
    private Statement script(int mark) {
        while (!at(Kind.END) && !(at(';') && cursor.tokens.start(cursor.index) == cursor.tokens.end(cursor.index))) {
            advance();
        }
        return grammar.skips.skipped(mark, "create script");
    }

    private Statement synonym(int mark) {
        String kind = takeWord();
        QualifiedName name = grammar.names.table();
        accept(FOR);
        accept(TABLE);
        QualifiedName source = grammar.names.table();
        return new Ddl.CreateSynonym(kind, name, source, rangeFrom(mark));
    }

    /** {@code CREATE STREAM name … ON TABLE source}. */
    private Statement stream(int mark) {
        String kind = takeWord();
        ifNotExists(EnumSet.noneOf(CreateOption.class));
        QualifiedName name = grammar.names.table();
        skipUntil(() -> at(ON) && (next(TABLE) || next(VIEW)));
        if (!accept(ON)) {
            return grammar.skips.rest(mark, "create stream");
        }
        advance();
        QualifiedName source = grammar.names.table();
        skipToEnd();
        return new Ddl.CreateSynonym(kind, name, source, rangeFrom(mark));
    }
}
