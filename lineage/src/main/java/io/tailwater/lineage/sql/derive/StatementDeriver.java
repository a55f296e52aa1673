package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.TooLarge;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.result.StatementKind;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.GuardedStatements;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Into;
import io.tailwater.lineage.sql.tree.LiteralKind;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QueryBody;
import io.tailwater.lineage.sql.tree.RoutineKind;
import io.tailwater.lineage.sql.tree.ScriptStatement;
import io.tailwater.lineage.sql.tree.Select;
import io.tailwater.lineage.sql.tree.SetOperation;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks the statements of a text in order, those of procedure bodies in place. */
final class StatementDeriver {

    private static final String TOO_DEEP = "values are computed from values through too many steps";

    private final Derivation derivation;
    private final Assembler assembler;
    private final DefinitionDeriver definitions;
    private final ChangeDeriver changes;
    private final List<StatementLineage> results = new ArrayList<>();

    StatementDeriver(Derivation derivation, Assembler assembler) {
        this.derivation = derivation;
        this.assembler = assembler;
        this.definitions = new DefinitionDeriver(derivation);
        this.changes = new ChangeDeriver(derivation);
    }

    List<StatementLineage> results() {
        return results;
    }

    /** Derives statements one after the other; variables that one declares are seen by those behind it. */
    void all(List<Statement> statements, Env outer) {
        Env env = outer;
        for (Statement statement : statements) {
            one(statement, env);
            env = env.withLocals(declared(statement));
        }
    }

    private Set<String> declared(Statement statement) {
        Set<String> names = new HashSet<>();
        if (statement instanceof ScriptStatement.Declare declare) {
            names.addAll(derivation.names().columns(declare.names()));
        } else if (statement instanceof ScriptStatement.SetVariable set) {
            names.addAll(derivation.names().columns(set.names()));
        }
        return names;
    }

    private void one(Statement statement, Env env) {
        switch (statement) {
            case Statement.QueryStatement query -> emit(statement.range(), () -> List.of(query(query.query(), env)));
            case Dml change -> emit(statement.range(), () -> changes.derive(change, env));
            case Ddl.CreateRoutine routine -> routine(routine, env);
            case Ddl definition -> emit(statement.range(), () -> definitions.derive(definition, env));
            case ScriptStatement script -> script(script, env);
            case Statement.Explain explain ->
                results.add(assembler.nothing(StatementKind.OTHER, explain.range(), new Notes()));
            case Statement.Skipped skipped ->
                results.add(assembler.nothing(StatementKind.OTHER, skipped.range(), new Notes()));
            case Statement.Unparsed unparsed -> {
                Notes notes = new Notes();
                Notes before = derivation.exchangeNotes(notes);
                derivation.unparsed(unparsed.reason(), unparsed.range());
                derivation.exchangeNotes(before);
                results.add(assembler.nothing(StatementKind.UNPARSED, unparsed.range(), notes));
            }
        }
    }

    /** Works out changes with notes of their own and turns each into a result. */
    private void emit(SourceRange range, java.util.function.Supplier<List<Change>> work) {
        Notes notes = new Notes();
        Notes before = derivation.exchangeNotes(notes);
        int finished = results.size();
        derivation.effort().begin(range);
        try {
            List<Change> made = new ArrayList<>(work.get());
            made.addAll(0, derivation.takeSideChanges());
            derivation.exchangeNotes(before);
            if (made.isEmpty()) {
                results.add(assembler.nothing(StatementKind.OTHER, range, notes));
            }
            made.forEach(change -> results.add(assembler.result(change, range, notes)));
        } catch (TooLarge tooLarge) {
            giveUp(tooLarge.reason(), range, notes, before, finished);
        } catch (StackOverflowError tooDeep) {
            giveUp(TOO_DEEP, range, notes, before, finished);
        }
    }

    /** A statement beyond all limits: what it reads is told as far as it was seen, and that it was given up. */
    private void giveUp(String reason, SourceRange range, Notes notes, Notes before, int finished) {
        derivation.takeSideChanges();
        derivation.leaveAllViews();
        derivation.exchangeNotes(before);
        results.subList(finished, results.size()).clear();
        notes.unresolved("statement", Unresolved.Reason.LIMIT, reason, List.of(), range);
        results.add(assembler.nothing(StatementKind.UNPARSED, range, notes));
    }

    // --- queries
    // ---------------------------------------------------------------------------------------------------------

    private Change query(Query query, Env env) {
        QueryOutput output = derivation.queries().derive(query, env);
        Into into = into(query.body());
        if (into == null || into.tables().isEmpty()) {
            return new Change(StatementKind.QUERY, null, false, output);
        }
        TableRef target = new Targets(derivation).qualified(into.tables().getFirst());
        boolean temporary = into.temporary() || target.name().startsWith("#");
        if (temporary) {
            derivation
                    .session()
                    .createTemporary(
                            target,
                            new Session.Remembered(output, derivation.notes().tablesRead()));
        } else {
            derivation.session().create(target, Session.columnsOf(output));
        }
        return new Change(StatementKind.CREATE_TABLE_AS, target, temporary, output);
    }

    private static @Nullable Into into(QueryBody body) {
        return switch (body) {
            case Select select -> select.into();
            case Query query -> into(query.body());
            case SetOperation set ->
                set.operands().stream()
                        .map(StatementDeriver::into)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case QueryBody.Values values -> null;
            case QueryBody.Pipeline pipeline -> into(pipeline.source());
            case QueryBody.UnparsedQuery unparsed -> null;
        };
    }

    // --- scripts
    // ---------------------------------------------------------------------------------------------------------

    private void routine(Ddl.CreateRoutine routine, Env env) {
        Set<String> parameters = new HashSet<>();
        routine.parameters().forEach(parameter -> {
            if (parameter.name() != null) {
                parameters.add(derivation.names().column(parameter.name()));
            }
        });
        results.add(assembler.nothing(StatementKind.OTHER, routine.range(), new Notes()));
        String returns = RoutineTypes.of(routine);
        if (returns != null) {
            derivation.session().createFunction(derivation.names().table(routine.name()), returns);
        }
        if (routine.kind() != RoutineKind.FUNCTION
                && routine.kind() != RoutineKind.TABLE_FUNCTION
                && routine.kind() != RoutineKind.MACRO) {
            all(routine.body(), env.withLocals(parameters));
        }
    }

    private void script(ScriptStatement script, Env env) {
        switch (script) {
            case ScriptStatement.Block block -> {
                Env inside = env;
                for (Statement declaration : block.declarations()) {
                    one(declaration, inside);
                    inside = inside.withLocals(declared(declaration));
                }
                all(block.statements(), inside);
                all(block.handlers(), inside);
            }
            case ScriptStatement.If branches -> {
                for (GuardedStatements branch : branches.branches()) {
                    condition(branch.condition(), env);
                    all(branch.statements(), env);
                }
                all(branches.otherwise(), env);
            }
            case ScriptStatement.Loop loop -> loop(loop, env);
            case ScriptStatement.Declare declare -> declare(declare, env);
            case ScriptStatement.SetVariable set -> condition(set.value(), env);
            case ScriptStatement.Call call -> call.arguments().forEach(argument -> condition(argument, env));
            case ScriptStatement.ExecuteDynamic dynamic -> dynamic(dynamic, env);
            case ScriptStatement.Return value -> {
                if (value.value() instanceof Expression.Subquery subquery) {
                    emit(value.range(), () -> List.of(query(subquery.query(), env)));
                } else if (value.value() != null) {
                    condition(value.value(), env);
                }
            }
            case ScriptStatement.Use use -> use(use);
        }
    }

    /** An expression of a script: it matters only for the tables that subqueries in it read. */
    private void condition(Expression expression, Env env) {
        Notes notes = new Notes();
        Notes before = derivation.exchangeNotes(notes);
        int finished = results.size();
        derivation.effort().begin(expression.range());
        try {
            derivation.expressions().derive(expression, env, Use.FILTER, new Sink());
        } catch (TooLarge tooLarge) {
            giveUp(tooLarge.reason(), expression.range(), notes, before, finished);
            return;
        } catch (StackOverflowError tooDeep) {
            giveUp(TOO_DEEP, expression.range(), notes, before, finished);
            return;
        }
        derivation.exchangeNotes(before);
        if (!notes.reads().isEmpty()) {
            results.add(assembler.nothing(StatementKind.OTHER, expression.range(), notes.readsOnly()));
        }
    }

    private void loop(ScriptStatement.Loop loop, Env env) {
        Env inside = env;
        if (loop.condition() != null) {
            condition(loop.condition(), env);
        }
        if (loop.cursor() != null) {
            Query cursor = loop.cursor();
            emit(cursor.range(), () -> List.of(query(cursor, env)));
            if (loop.variable() != null) {
                QueryOutput rows = unnoted(cursor, env);
                String name = derivation.names().column(loop.variable());
                Source source = new Source(name, null, rows.parts(), null, false);
                inside = env.over(Scope.inside(env.scope()).with(source));
            }
        } else if (loop.variable() != null) {
            inside = env.withLocals(Set.of(derivation.names().column(loop.variable())));
        }
        all(loop.statements(), inside);
    }

    /** A query that was noted already, or given up; then nothing is known of its columns. */
    private QueryOutput unnoted(Query query, Env env) {
        Notes before = derivation.exchangeNotes(new Notes());
        try {
            return derivation.queries().derive(query, env);
        } catch (TooLarge | StackOverflowError givenUp) {
            return Outputs.NONE;
        } finally {
            derivation.exchangeNotes(before);
        }
    }

    private void declare(ScriptStatement.Declare declare, Env env) {
        if (!declare.columns().isEmpty()) {
            for (Identifier name : declare.names()) {
                TableRef variable = TableRef.of(name.text().toLowerCase(Locale.ROOT));
                derivation
                        .session()
                        .createTemporary(
                                variable, new Session.Remembered(definitions.declared(declare.columns()), Set.of()));
            }
        }
        if (declare.query() != null) {
            Query query = declare.query();
            emit(declare.range(), () -> List.of(query(query, env)));
        }
        if (declare.value() != null) {
            condition(declare.value(), env);
        }
    }

    private void dynamic(ScriptStatement.ExecuteDynamic dynamic, Env env) {
        Notes notes = new Notes();
        if (dynamic.statement() instanceof Expression.Literal literal && literal.kind() == LiteralKind.STRING) {
            String sql = literal.text().replace("''", "'");
            int first = results.size();
            all(SqlParser.parse(sql, derivation.dialect(), ParseLimits.DEFAULT).statements(), env);
            results.subList(first, results.size()).replaceAll(result -> assembler.movedTo(result, dynamic.range()));
            return;
        }
        notes.unresolved(
                derivation.textOf(dynamic.statement()),
                Unresolved.Reason.DYNAMIC_SQL,
                "the statement is put together at run time",
                List.of(),
                dynamic.range());
        results.add(assembler.nothing(StatementKind.OTHER, dynamic.range(), notes));
    }

    private void use(ScriptStatement.Use use) {
        results.add(assembler.nothing(StatementKind.OTHER, use.range(), new Notes()));
        List<String> parts = derivation.names().table(use.name()).parts();
        switch (use.kind()) {
            case DATABASE -> derivation.session().useDatabase(parts.getLast());
            case SCHEMA -> schema(parts);
            case DEFAULT -> {
                if (parts.size() == 1 && !derivation.rules().useMeansSchema()) {
                    derivation.session().useDatabase(parts.getFirst());
                } else {
                    schema(parts);
                }
            }
            case OTHER -> {}
        }
    }

    private void schema(List<String> parts) {
        if (parts.size() > 1) {
            derivation.session().useDatabase(parts.get(parts.size() - 2));
        }
        derivation.session().useSchema(parts.getLast());
    }
}
