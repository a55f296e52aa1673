package io.tailwater.lineage.sql.parse;

/** The parts of the grammar around one cursor. */
final class Grammar {

    final TokenCursor cursor;
    final Names names;
    final Types types;
    final Expressions expressions;
    final Predicates predicates;
    final Primaries primaries;
    final Literals literals;
    final SpecialForms specialForms;
    final Calls calls;
    final DocumentTables documentTables;
    final Windows windows;
    final Queries queries;
    final Selects selects;
    final SelectItems selectItems;
    final Pipes pipes;
    final Relations relations;
    final RelationTails relationTails;
    final Joins joins;
    final Pivots pivots;
    final Definitions definitions;
    final CreateTables createTables;
    final CreateViews createViews;
    final Routines routines;
    final Creates creates;
    final Alters alters;
    final Inserts inserts;
    final Updates updates;
    final Merges merges;
    final Copies copies;
    final EmbeddedSql embedded;
    final Scripts scripts;
    final Variables variables;
    final Invocations invocations;
    final Skips skips;
    final Statements statements;

    Grammar(TokenCursor cursor) {
        this.cursor = cursor;
        names = new Names(this);
        types = new Types(this);
        expressions = new Expressions(this);
        predicates = new Predicates(this);
        primaries = new Primaries(this);
        literals = new Literals(this);
        specialForms = new SpecialForms(this);
        calls = new Calls(this);
        documentTables = new DocumentTables(this);
        windows = new Windows(this);
        queries = new Queries(this);
        selects = new Selects(this);
        selectItems = new SelectItems(this);
        pipes = new Pipes(this);
        relations = new Relations(this);
        relationTails = new RelationTails(this);
        joins = new Joins(this);
        pivots = new Pivots(this);
        definitions = new Definitions(this);
        createTables = new CreateTables(this);
        createViews = new CreateViews(this);
        routines = new Routines(this);
        creates = new Creates(this);
        alters = new Alters(this);
        inserts = new Inserts(this);
        updates = new Updates(this);
        merges = new Merges(this);
        copies = new Copies(this);
        embedded = new EmbeddedSql(cursor);
        scripts = new Scripts(this);
        variables = new Variables(this);
        invocations = new Invocations(this);
        skips = new Skips(this);
        statements = new Statements(this);
    }
}
