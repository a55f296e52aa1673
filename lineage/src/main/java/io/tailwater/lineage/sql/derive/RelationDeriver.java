package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.canonical.Exchange;
import io.tailwater.lineage.sql.canonical.FormSize;
import io.tailwater.lineage.sql.canonical.Instance;
import io.tailwater.lineage.sql.canonical.JoinForm;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.CommonTables;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.QueryOutput;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Alias;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Dml;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.Query;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import io.tailwater.lineage.sql.tree.Relation;
import io.tailwater.lineage.sql.tree.RelationModifier;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Builds what a relation of a FROM clause brings into scope. */
final class RelationDeriver {

    private static final Set<String> FILE_FORMATS =
            Set.of("parquet", "csv", "json", "orc", "avro", "delta", "text", "binaryfile", "iceberg");

    private final Derivation derivation;
    private final JoinDeriver joins;
    private final TableFunctionDeriver functions;
    private final PivotDeriver pivots;

    RelationDeriver(Derivation derivation) {
        this.derivation = derivation;
        this.joins = new JoinDeriver(derivation, this);
        this.functions = new TableFunctionDeriver(derivation);
        this.pivots = new PivotDeriver(derivation, this);
    }

    TableFunctionDeriver functions() {
        return functions;
    }

    JoinDeriver joins() {
        return joins;
    }

    PivotDeriver pivots() {
        return pivots;
    }

    /**
     * What {@code relation} brings.
     *
     * @param outer CTEs, and the scope around the query
     * @param left relations further left, which lateral ones see
     * @param nullSupplied whether an outer join may put nulls in place of its rows
     */
    FromPart derive(Relation relation, Env outer, FromPart left, boolean nullSupplied) {
        return switch (relation) {
            case Relation.TableReference table ->
                restricted(table(table, outer, left, nullSupplied), table.modifiers());
            case Relation.PathReference path -> path(path);
            case Relation.DerivedTable derived -> {
                Scope seen = derived.lateral() ? left.scope(outer.scope()) : outer.scope();
                QueryOutput output = derivation.queries().derive(derived.query(), outer.over(seen));
                yield restricted(
                        reader(output, derived.alias(), nullSupplied, false, derived.range()), derived.modifiers());
            }
            case Relation.TableFunction function -> functions.derive(function, outer, left);
            case Relation.ParameterTable parameter -> parameter(parameter, outer);
            case Relation.Joined joined -> joins.derive(joined, outer, left, nullSupplied);
            case Relation.Pivot pivot -> pivots.pivot(pivot, outer, left);
            case Relation.Unpivot unpivot -> pivots.unpivot(unpivot, outer, left);
            case Relation.MatchRecognize match -> pivots.matchRecognize(match, outer, left);
            case Relation.ChangedRows changed -> {
                QueryOutput output = changed.statement() instanceof Dml change
                        ? new ChangeDeriver(derivation).returned(change, outer)
                        : Outputs.NONE;
                yield reader(output, changed.alias(), nullSupplied, false, changed.range());
            }
            case Relation.UnparsedRelation unparsed -> {
                derivation.unparsed(unparsed.reason(), unparsed.range());
                yield FromPart.NOTHING;
            }
        };
    }

    // --- names
    // -----------------------------------------------------------------------------------------------------------

    private FromPart table(Relation.TableReference reference, Env outer, FromPart left, boolean nullSupplied) {
        List<Identifier> parts = reference.name().parts();
        if (parts.size() == 1) {
            String name = derivation.names().column(parts.getFirst());
            CommonTables.CommonTable common = outer.tables().find(name);
            if (common != null) {
                return reader(
                        common.output(),
                        named(reference.alias(), parts.getFirst()),
                        nullSupplied,
                        common.readAgain(),
                        reference.range());
            }
        } else if (derivation.rules().commaArrays()) {
            FromPart array = functions.array(reference, outer, left);
            if (array != null) {
                return array;
            }
        }
        if (parts.size() == 2 && isFile(parts)) {
            return tablePart(
                    TableRef.path(parts.getLast().text()),
                    reference.alias(),
                    reference.name().range(),
                    reference.range());
        }
        TableRef table = derivation.session().qualify(derivation.names().table(reference.name()));
        QueryOutput known = temporaryOrView(table, reference.name().range());
        if (known != null) {
            return reader(known, named(reference.alias(), parts.getLast()), nullSupplied, true, reference.range());
        }
        return tablePart(table, reference.alias(), reference.name().range(), reference.range());
    }

    /** A sample, a state of another time, FINAL: which rows of the relation are there, as a condition of the join. */
    private static FromPart restricted(FromPart part, List<RelationModifier> modifiers) {
        List<Canon> conditions = new ArrayList<>(0);
        for (RelationModifier modifier : modifiers) {
            boolean chooses = switch (modifier.kind()) {
                case SAMPLE, TIME_TRAVEL, PARTITION, FINAL, ONLY -> true;
                case HINT, POSITION, OTHER -> false;
            };
            if (chooses && !part.joins().instances().isEmpty()) {
                Canon rows = new Canon.Column(part.joins().instances().getFirst(), "*");
                conditions.add(Canon.call(modifier.words().strip().replaceAll("\\s+", " "), rows));
            }
        }
        return conditions.isEmpty() ? part : part.withJoins(part.joins().inner(JoinForm.EMPTY, conditions));
    }

    private static boolean isFile(List<Identifier> parts) {
        return parts.getLast().quote() == QuoteStyle.BACKTICK
                && FILE_FORMATS.contains(parts.getFirst().text().toLowerCase(Locale.ROOT))
                && parts.getLast().text().indexOf('/') >= 0;
    }

    /** The alias as written, or one made of the table's own name. */
    private static Alias named(@Nullable Alias alias, Identifier name) {
        return alias == null
                ? new Alias(name, List.of(), name.range())
                : alias.name() == null ? new Alias(name, alias.columns(), alias.range()) : alias;
    }

    private @Nullable QueryOutput temporaryOrView(TableRef table, SourceRange at) {
        Session.Remembered content = derivation.session().temporary(table);
        if (content == null) {
            content = derivation.knownView(table);
        }
        if (content == null) {
            content = view(table, at);
        }
        if (content == null) {
            return null;
        }
        derivation.notes().readThrough(table);
        content.reads().forEach(read -> derivation.notes().read(read, at));
        return content.output();
    }

    private Session.@Nullable Remembered view(TableRef table, SourceRange at) {
        String sql = derivation.catalog().viewSql(table);
        if (sql == null || !derivation.enterView(table)) {
            return null;
        }
        Notes before = derivation.exchangeNotes(new Notes());
        Query query = queryOf(sql);
        QueryOutput output = query == null ? null : derivation.queries().derive(query, Env.EMPTY);
        Notes inside = derivation.exchangeNotes(before);
        derivation.leaveView(table);
        inside.unresolved()
                .forEach(each -> before.unresolved(
                        table + ": " + each.what(), each.reason(), each.detail(), each.candidates(), at));
        if (output == null) {
            before.unresolved(
                    table.qualifiedName(),
                    Unresolved.Reason.NOT_PARSED,
                    "the view's definition is no query",
                    List.of(),
                    at);
            return null;
        }
        Set<TableRef> reads = new HashSet<>();
        inside.reads().forEach(use -> reads.add(use.table()));
        Session.Remembered content = new Session.Remembered(output, reads);
        derivation.rememberView(table, content);
        return content;
    }

    private @Nullable Query queryOf(String sql) {
        for (Statement statement :
                SqlParser.parse(sql, derivation.dialect(), ParseLimits.DEFAULT).statements()) {
            if (statement instanceof Statement.QueryStatement query) {
                return query.query();
            }
            if (statement instanceof Ddl.CreateView view && view.query() != null) {
                return view.query();
            }
        }
        return null;
    }

    // --- base tables
    // -----------------------------------------------------------------------------------------------------

    private FromPart path(Relation.PathReference path) {
        return tablePart(TableRef.path(path.path()), path.alias(), path.range(), path.range());
    }

    private FromPart tablePart(TableRef table, @Nullable Alias alias, SourceRange name, SourceRange range) {
        derivation.notes().read(table, name);
        return baseTable(table, alias, range);
    }

    /** The name by which columns call a table without alias; the table's name is already folded. */
    private String ownName(TableRef table) {
        NameRules rules = derivation.names().rules();
        return rules.tables() == rules.columns() ? table.name() : rules.column(table.name(), true);
    }

    /** A base table as a relation, without noting that it is read. */
    FromPart baseTable(TableRef table, @Nullable Alias alias, SourceRange range) {
        Instance instance = Instance.of(derivation.catalog().comparedAs(table));
        List<OutputPart> parts = aliased(columns(table, instance, range), alias, range);
        String name = alias == null || alias.name() == null
                ? ownName(table)
                : derivation.names().column(alias.name());
        return FromPart.of(new Source(name, table, parts, null, true), JoinForm.of(instance), Set.of());
    }

    /** The columns of a base table as far as they are known. */
    private List<OutputPart> columns(TableRef table, Instance instance, SourceRange range) {
        TableColumns known = derivation.session().created(table);
        if (known == null) {
            known = derivation.catalog().columns(table);
        }
        List<OutputPart> parts = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        if (known != null) {
            for (KnownColumn column : known.columns()) {
                String name = derivation.names().rules().columnWritten(column.name());
                if (listed.add(name)) {
                    parts.add(ScopeColumn.ofTable(
                            new UpstreamColumn(table, name), new Canon.Column(instance, name), column.type(), range));
                }
            }
        }
        if (known == null || !known.complete()) {
            parts.add(OpenTable.of(table, instance, listed, range));
        }
        return parts;
    }

    private FromPart parameter(Relation.ParameterTable parameter, Env outer) {
        if (parameter.parameter() instanceof Expression.Literal literal) {
            Query query = queryOf(literal.text().replace("''", "'"));
            if (query != null) {
                return inString(query, parameter, outer);
            }
        }
        String text = derivation.textOf(parameter.parameter());
        TableRef variable = TableRef.of(text.toLowerCase(Locale.ROOT));
        Session.Remembered known = derivation.session().temporary(variable);
        if (known != null) {
            derivation.notes().readThrough(variable);
            known.reads().forEach(read -> derivation.notes().read(read, parameter.range()));
            return reader(known.output(), parameter.alias(), false, true, parameter.range());
        }
        derivation
                .notes()
                .unresolved(
                        text,
                        Unresolved.Reason.DYNAMIC_SQL,
                        "which table this is shows only at run time",
                        List.of(),
                        parameter.range());
        String name = parameter.alias() == null || parameter.alias().name() == null
                ? text.toLowerCase(Locale.ROOT)
                : derivation.names().column(parameter.alias().name());
        Instance instance = Instance.named(text);
        return FromPart.of(new Source(name, null, List.of(), null, true), JoinForm.of(instance), Set.of());
    }

    // --- queries as relations
    /** A query inside a string, as UNLOAD takes it: its places are the place of the string. */
    private FromPart inString(Query query, Relation.ParameterTable parameter, Env outer) {
        Notes before = derivation.exchangeNotes(new Notes());
        QueryOutput output = derivation.queries().derive(query, outer);
        Notes inside = derivation.exchangeNotes(before);
        before.addAllAt(inside, parameter.range());
        return reader(output, parameter.alias(), false, false, parameter.range());
    }

    // --------------------------------------------------------------------------------------------

    /**
     * A query as a relation of another: folded into it where that keeps its meaning, otherwise as a relation of its own.
     *
     * @param again whether the query was read before, so that its tables must not be taken for the same reading
     */
    FromPart reader(QueryOutput output, @Nullable Alias alias, boolean nullSupplied, boolean again, SourceRange range) {
        Reading reading = foldable(output, nullSupplied) ? folded(output, again) : whole(output);
        List<OutputPart> parts = aliased(StructFields.opened(reading.parts()), alias, range);
        String name = alias == null || alias.name() == null
                ? null
                : derivation.names().column(alias.name());
        return FromPart.of(new Source(name, null, parts, null, true), reading.joins(), output.rowDependencies());
    }

    private record Reading(List<OutputPart> parts, JoinForm joins) {}

    private static boolean foldable(QueryOutput output, boolean nullSupplied) {
        if (!output.form().foldable()
                || !output.form().joins().mayBeFolded()
                || output.form().joins().folds() > 0 && !FormSize.isModest(output.form())) {
            return false;
        }
        for (OutputPart part : output.parts()) {
            if (part instanceof ScopeColumn column
                    && (column.windowed() || nullSupplied && !(column.canon() instanceof Canon.Column))) {
                return false;
            }
        }
        return true;
    }

    private static Reading folded(QueryOutput output, boolean again) {
        JoinForm joins = output.form()
                .joins()
                .inner(JoinForm.EMPTY, output.form().filters())
                .folded();
        if (!again) {
            return new Reading(output.parts(), joins);
        }
        Exchange exchange = new Exchange(output.form());
        List<OutputPart> parts = new ArrayList<>();
        for (OutputPart part : output.parts()) {
            parts.add(seen(part, exchange::of));
        }
        return new Reading(parts, exchange.of(joins));
    }

    private static Reading whole(QueryOutput output) {
        Instance instance = Instance.of(output.key());
        List<OutputPart> parts = new ArrayList<>();
        for (int i = 0; i < output.parts().size(); i++) {
            OutputPart part = output.parts().get(i);
            int index = i;
            parts.add(
                    switch (part) {
                        case ScopeColumn column ->
                            column.withCanon(new Canon.Column(instance, () -> text(output, index)));
                        case OpenTable open ->
                            open.seenThrough(canon ->
                                    new Canon.Column(instance, () -> inside(canon, text(output, index))));
                    });
        }
        return new Reading(parts, JoinForm.of(instance));
    }

    private static String text(QueryOutput output, int index) {
        List<String> texts = output.key().columns();
        return index < texts.size() ? texts.get(index) : "column " + index;
    }

    /** What a column that passes a star is called inside the query whose star it passes. */
    private static String inside(Canon canon, String star) {
        if (!(canon instanceof Canon.Column column)) {
            return "some column of " + star;
        }
        return column.instance().isTable() ? column.instance().name() + "." + column.name() : column.name();
    }

    private static OutputPart seen(OutputPart part, UnaryOperator<Canon> reader) {
        return switch (part) {
            case ScopeColumn column -> column.withCanon(reader.apply(column.canon()));
            case OpenTable open -> open.seenThrough(reader);
        };
    }

    /** The parts under the names of an alias's column list. */
    List<OutputPart> aliased(List<OutputPart> parts, @Nullable Alias alias, SourceRange range) {
        if (alias == null || alias.columns().isEmpty()) {
            return parts;
        }
        List<Identifier> names =
                alias.columns().stream().map(column -> column.name()).toList();
        return Renames.byPosition(parts, names, derivation, range);
    }
}
