package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.RelationNames;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.catalog.KnownColumn;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.compare.QueryChange;
import io.tailwater.lineage.sql.compare.QueryComparison;
import io.tailwater.lineage.sql.compare.QueryDifference;
import io.tailwater.lineage.sql.compare.UniqueKeys;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import io.tailwater.lineage.sql.result.TableRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds for every dataset of both revisions how its own output differs. Upstream datasets come first, so that a reader
 * that only follows an upstream rename is not taken for one that computes something else.
 */
final class OwnChanges {
    private static final String CONTENT = "content.";

    private final LineageIndex base;
    private final LineageIndex head;
    private final Map<String, OwnChange> changes = new LinkedHashMap<>();
    private final UniqueKeys keys;

    OwnChanges(LineageIndex base, LineageIndex head) {
        this.base = base;
        this.head = head;
        this.keys = declaredKeys(head);
    }

    /** All changes by dataset id, upstream ones first; datasets that exist on one side only have none. */
    Map<String, OwnChange> find() {
        for (Dataset after : upstreamFirst()) {
            Dataset before = base.dataset(after.id());
            if (before != null && before.role() == after.role()) {
                OwnChange change = compare(before, after);
                if (change != null) {
                    changes.put(after.id(), change);
                }
            }
        }
        return changes;
    }

    private List<Dataset> upstreamFirst() {
        List<Dataset> order = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Dataset dataset : head.datasets()) {
            visit(dataset, order, seen);
        }
        return order;
    }

    /** Depth first without recursion: a chain of readers can be as long as a repository is large. */
    private void visit(Dataset start, List<Dataset> order, Set<String> seen) {
        List<Dataset> stack = new ArrayList<>(List.of(start));
        Set<String> opened = new HashSet<>();
        while (!stack.isEmpty()) {
            Dataset dataset = stack.get(stack.size() - 1);
            if (seen.contains(dataset.id())) {
                stack.remove(stack.size() - 1);
            } else if (opened.add(dataset.id())) {
                for (DatasetRead read : dataset.reads()) {
                    Dataset upstream = head.dataset(read.datasetId());
                    if (upstream != null && !seen.contains(upstream.id()) && !opened.contains(upstream.id())) {
                        stack.add(upstream);
                    }
                }
            } else {
                seen.add(dataset.id());
                order.add(dataset);
                stack.remove(stack.size() - 1);
            }
        }
    }

    private @Nullable OwnChange compare(Dataset before, Dataset after) {
        Definition old = before.definition();
        Definition fresh = after.definition();
        boolean edited = old != null && fresh != null && !java.util.Objects.equals(old.blobId(), fresh.blobId());
        boolean own = !sameQueries(old, fresh) || !settings(old).equals(settings(fresh));
        if (!own && !upstreamColumnsDiffer(after) && names(before).equals(names(after))) {
            return null;
        }
        OwnChange change = new OwnChange(before, after, own, edited);
        if (before.role() == DatasetRole.SOURCE) {
            compareSources(change);
            if (!before.reads().isEmpty() && !after.reads().isEmpty()) {
                compareColumns(change);
            }
        } else if (old != null
                && fresh != null
                && !old.queries().isEmpty()
                && !fresh.queries().isEmpty()) {
            compareQueries(change, old, fresh);
        } else {
            compareColumns(change);
        }
        DeclaredColumns.compare(change);
        DeclaredExpressions.compare(change);
        compareSettings(change, old, fresh);
        return change.isNothing() && !change.incomplete ? null : change;
    }

    private static boolean sameQueries(@Nullable Definition old, @Nullable Definition fresh) {
        if (old == null || fresh == null) {
            return old == fresh;
        }
        return old.dialect().equals(fresh.dialect())
                && old.queries().stream()
                        .map(Definition.Query::sql)
                        .toList()
                        .equals(fresh.queries().stream()
                                .map(Definition.Query::sql)
                                .toList());
    }

    private static List<String> settings(@Nullable Definition definition) {
        return definition == null ? List.of() : definition.settings();
    }

    private static List<String> names(Dataset dataset) {
        return dataset.columns().stream().map(Column::name).toList();
    }

    /** Whether any dataset it reads has other columns or another order of them. */
    private boolean upstreamColumnsDiffer(Dataset after) {
        for (DatasetRead read : after.reads()) {
            Dataset now = head.dataset(read.datasetId());
            Dataset then = base.dataset(read.datasetId());
            if (now == null || then == null || !names(now).equals(names(then)) || now.role() != then.role()) {
                return true;
            }
        }
        return false;
    }

    private static void compareSources(OwnChange change) {
        String before = change.before.qualifiedName();
        String after = change.after.qualifiedName();
        if (before != null && after != null && !before.equals(after)) {
            change.rows.put("the source is " + after + " now, it was " + before, Certainty.PROVEN);
        }
    }

    private static void compareSettings(OwnChange change, @Nullable Definition old, @Nullable Definition fresh) {
        if (settings(old).equals(settings(fresh)) || change.before.role() == DatasetRole.READER) {
            return;
        }
        Set<String> differing = new LinkedHashSet<>(settings(old));
        differing.addAll(settings(fresh));
        differing.removeIf(
                setting -> settings(old).contains(setting) && settings(fresh).contains(setting));
        Set<String> words = new LinkedHashSet<>();
        compareFields(change, settings(old), settings(fresh));
        differing.removeIf(setting -> setting.startsWith(Definition.COLUMN_SETTING)
                || setting.startsWith(Definition.FIELD_SETTING)
                || DeclaredExpressions.isOne(setting));
        differing.forEach(setting -> words.add(setting.substring(0, setting.indexOf('='))));
        for (String word : words) {
            if (word.startsWith(CONTENT)) {
                String column = word.substring(CONTENT.length());
                boolean onBothSides = change.before.column(column).isPresent()
                        && change.after.column(column).isPresent();
                if (onBothSides) {
                    change.values.put(column, "the file holds other values");
                }
            } else if (word.startsWith(Definition.MIGRATION_SETTING)) {
                change.rows.put(
                        word.substring(Definition.MIGRATION_SETTING.length()) + " changes its rows",
                        Certainty.POSSIBLE);
            } else if (word.equals("rows")) {
                change.rows.put("the file holds another number of rows", Certainty.PROVEN);
            } else {
                change.rows.put("the setting " + word + " changed", Certainty.POSSIBLE);
            }
        }
    }

    /** Fields inside columns: one that is gone or has another type changes the column's type, a new one changes nothing. */
    private static void compareFields(OwnChange change, List<String> old, List<String> fresh) {
        Map<String, String> now = fields(fresh);
        fields(old).forEach((path, type) -> {
            int dot = path.indexOf('.');
            String column = dot < 0 ? path : path.substring(0, dot);
            boolean onBothSides = change.before.column(column).isPresent()
                    && change.after.column(column).isPresent();
            String typeNow = now.get(path);
            // the declaration may have gone as a whole; then nothing is known of its fields
            if (!onBothSides || now.isEmpty() || type.equals(typeNow)) {
                return;
            }
            change.types.putIfAbsent(
                    column,
                    typeNow == null
                            ? "its field " + path + " is gone"
                            : "its field " + path + " is " + typeNow + " now, was " + type);
        });
    }

    private static Map<String, String> fields(List<String> settings) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (setting.startsWith(Definition.FIELD_SETTING) && equals > 0) {
                fields.put(setting.substring(Definition.FIELD_SETTING.length(), equals), setting.substring(equals + 1));
            }
        }
        return fields;
    }

    /** Without queries on both sides, names are all there is. */
    private static void compareColumns(OwnChange change) {
        List<String> before = names(change.before);
        List<String> after = names(change.after);
        if (unknown(change.before) || unknown(change.after)) {
            change.incomplete = true;
            return;
        }
        before.stream().filter(name -> !after.contains(name)).forEach(change.removed::add);
        after.stream().filter(name -> !before.contains(name)).forEach(change.added::add);
    }

    private static boolean unknown(Dataset dataset) {
        return switch (dataset.completeness()) {
            case UNKNOWN -> true;
            case COMPLETE, OPEN_STAR, PARTIAL -> false;
        };
    }

    private void compareQueries(OwnChange change, Definition old, Definition fresh) {
        Renames renames = renames(change.after);
        List<String> before = sql(old);
        List<String> after = sql(fresh);
        Findings findings = new Findings();
        if (change.after.kind().equals("table") && before.size() != after.size()) {
            // statements that stay as they are pair with themselves; of the others some were added or taken away
            List<String> stay = new ArrayList<>(before);
            stay.retainAll(after);
            before.removeAll(stay);
            after.removeAll(stay);
            findings.rows.put(
                    after.size() > before.size() ? "another statement fills it" : "a statement that filled it is gone",
                    Certainty.POSSIBLE);
            stay.stream()
                    .distinct()
                    .forEach(sql -> compareQuery(findings, old.dialect(), sql, fresh.dialect(), sql, renames));
        }
        int pairs = before.isEmpty() || after.isEmpty() ? 0 : Math.max(before.size(), after.size());
        for (int i = 0; i < pairs; i++) {
            String then = before.get(Math.min(i, before.size() - 1));
            String now = after.get(Math.min(i, after.size() - 1));
            compareQuery(findings, old.dialect(), then, fresh.dialect(), now, renames);
        }
        findings.moveTo(change);
        reconcile(change);
    }

    private static List<String> sql(Definition definition) {
        return new ArrayList<>(
                definition.queries().stream().map(Definition.Query::sql).toList());
    }

    /** What comparing the queries of one dataset found, over all pairs of queries. */
    private static final class Findings {
        final Set<String> removed = new LinkedHashSet<>();
        final Set<String> added = new LinkedHashSet<>();
        final Map<String, String> renamed = new LinkedHashMap<>();
        final Map<String, String> values = new LinkedHashMap<>();
        final Map<String, Certainty> rows = new LinkedHashMap<>();
        boolean reordered;
        boolean incomplete;

        void moveTo(OwnChange change) {
            change.removed.addAll(removed);
            change.added.addAll(added);
            change.renamed.putAll(renamed);
            change.values.putAll(values);
            change.rows.putAll(rows);
            change.reordered = reordered;
            change.incomplete = incomplete;
        }

        int weight() {
            return removed.size() * 2 + added.size() + renamed.size() + values.size() * 2 + rows.size() * 2;
        }
    }

    private void compareQuery(
            Findings findings, String oldDialect, String before, String freshDialect, String after, Renames renames) {
        Optional<StatementLineage> then = main(before, oldDialect, base.relations(oldDialect));
        Optional<StatementLineage> now = main(after, freshDialect, head.relations(freshDialect));
        if (then.isEmpty() || now.isEmpty()) {
            findings.incomplete = true;
            return;
        }
        if (then.get().recovered() != now.get().recovered()) {
            // What could not be read on one side only proves nothing gone or changed.
            findings.incomplete = true;
            return;
        }
        findings.incomplete |= now.get().recovered() > 0;
        Findings plain = new Findings();
        collect(plain, QueryComparison.compare(then.get(), now.get(), keys), Map.of(), then.get());
        if (renames.isEmpty() || plain.weight() == 0) {
            merge(findings, plain);
            return;
        }
        Findings followed = followingRenames(then.get(), now.get(), freshDialect, after, renames);
        merge(findings, followed != null && followed.weight() <= plain.weight() ? followed : plain);
    }

    /** The comparison as if upstream columns and datasets still had their old names; null if that cannot be had. */
    private @Nullable Findings followingRenames(
            StatementLineage then, StatementLineage now, String dialect, String after, Renames renames) {
        String rewritten = renames.rewrite(after);
        Optional<StatementLineage> asBefore =
                main(rewritten, dialect, new OldNames(head.relations(dialect), renames, base.relations(dialect)));
        if (asBefore.isEmpty() || asBefore.get().output().size() != now.output().size()) {
            return null;
        }
        Map<String, String> realNames = new HashMap<>();
        for (int i = 0; i < now.output().size(); i++) {
            if (asBefore.get().output().get(i) instanceof OutputColumn old
                    && now.output().get(i) instanceof OutputColumn real) {
                realNames.put(old.name(), real.name());
            }
        }
        Findings followed = new Findings();
        collect(followed, QueryComparison.compare(then, asBefore.get(), keys), realNames, then);
        return followed;
    }

    private static void merge(Findings into, Findings from) {
        into.removed.addAll(from.removed);
        into.added.addAll(from.added);
        into.renamed.putAll(from.renamed);
        into.values.putAll(from.values);
        from.rows.forEach((text, certainty) -> into.rows.merge(
                text,
                certainty,
                (one, other) ->
                        one == Certainty.PROVEN || other == Certainty.PROVEN ? Certainty.PROVEN : Certainty.POSSIBLE));
        into.reordered |= from.reordered;
        into.incomplete |= from.incomplete;
    }

    private static void collect(
            Findings findings, QueryDifference difference, Map<String, String> realNames, StatementLineage then) {
        findings.incomplete |= difference.incomplete();
        for (QueryChange change : difference.changes()) {
            switch (change) {
                case QueryChange.ColumnAdded added ->
                    findings.added.add(realNames.getOrDefault(added.column(), added.column()));
                case QueryChange.ColumnRemoved removed -> findings.removed.add(removed.column());
                case QueryChange.ColumnRenamed renamed ->
                    findings.renamed.put(renamed.from(), realNames.getOrDefault(renamed.to(), renamed.to()));
                case QueryChange.ColumnsReordered reordered -> findings.reordered = true;
                case QueryChange.ValuesChanged values ->
                    findings.values.put(realNames.getOrDefault(values.column(), values.column()), expressions(values));
                case QueryChange.RowsChanged rows ->
                    findings.rows.put(
                            describe(rows),
                            rows.certainty() == QueryChange.Certainty.CERTAIN ? Certainty.PROVEN : Certainty.POSSIBLE);
                case QueryChange.PassThroughChanged star -> findings.incomplete = true;
            }
        }
        then.columns().stream()
                .map(OutputColumn::name)
                .filter(name -> realNames.containsKey(name) && !name.equals(realNames.get(name)))
                .filter(name -> !findings.removed.contains(name) && !findings.renamed.containsKey(name))
                .forEach(name -> findings.renamed.put(name, realNames.getOrDefault(name, name)));
    }

    /** Canonical texts that hold digests say nothing to people. */
    private static String expressions(QueryChange.ValuesChanged values) {
        String after = RelationNames.forPeople(values.after());
        String before = RelationNames.forPeople(values.before());
        boolean readable = !after.contains("#") && !before.contains("#") && after.length() + before.length() < 300;
        return readable && !after.equals(before)
                ? "computed as " + after + " now, was " + before
                : "the expression that computes it changed";
    }

    private static String describe(QueryChange.RowsChanged rows) {
        String what = switch (rows.reason()) {
            case SOURCES -> "other relations are read";
            case FILTERS -> "a filter changed";
            case JOINS -> "a join changed";
            case GRAIN -> "the grouping changed";
            case DISTINCT -> "DISTINCT was added or removed";
            case LIMIT -> "the limit changed";
            case SET_OPERATIONS -> "the branches of a union changed";
        };
        return what + listed("gone:", rows.removed()) + listed("new:", rows.added());
    }

    private static String listed(String word, List<String> texts) {
        String joined = RelationNames.forPeople(String.join("; ", texts));
        if (texts.isEmpty() || joined.contains("#")) {
            return "";
        }
        return ", " + word + " " + (joined.length() <= 160 ? joined : joined.substring(0, 157) + "...");
    }

    /** Makes the findings agree with the columns both revisions really have. */
    private static void reconcile(OwnChange change) {
        List<String> before = names(change.before);
        List<String> after = names(change.after);
        change.renamed.values().forEach(change.added::remove);
        change.renamed.keySet().forEach(change.removed::remove);
        change.removed.stream()
                .filter(name -> isFilled(change.before, name) && !isFilled(change.after, name))
                .filter(after::contains)
                .forEach(name -> change.values.put(name, "no statement fills it any more"));
        change.removed.removeIf(after::contains);
        change.added.removeIf(before::contains);
        change.renamed.keySet().removeIf(after::contains);
        change.values.keySet().removeIf(name -> change.added.contains(name));
    }

    private static boolean isFilled(Dataset dataset, String column) {
        return dataset.column(column)
                .filter(known -> !known.dependencies().isEmpty())
                .isPresent();
    }

    private static Optional<StatementLineage> main(String sql, String dialect, Catalog catalog) {
        SqlAnalysis analysis = SqlLineage.analyze(sql, SqlOptions.of(dialect).withCatalog(catalog));
        return analysis.main();
    }

    private Renames renames(Dataset after) {
        Map<String, Map<String, String>> columns = new HashMap<>();
        for (DatasetRead read : after.reads()) {
            OwnChange upstream = changes.get(read.datasetId());
            if (upstream != null && !upstream.renamed.isEmpty()) {
                Map<String, String> oldByNew = new HashMap<>();
                upstream.renamed.forEach((from, to) -> oldByNew.put(to, from));
                columns.put(read.datasetId(), oldByNew);
            }
        }
        return new Renames(columns);
    }

    /**
     * Columns that have new names.
     *
     * @param columns by dataset id, the old name by the new one
     */
    private record Renames(Map<String, Map<String, String>> columns) {
        boolean isEmpty() {
            return columns.isEmpty();
        }

        String rewrite(String sql) {
            Map<String, String> all = new HashMap<>();
            columns.values().forEach(all::putAll);
            Pattern names = Pattern.compile(
                    "(?<![\\w$])("
                            + String.join(
                                    "|",
                                    all.keySet().stream().map(Pattern::quote).toList()) + ")(?![\\w$])",
                    Pattern.CASE_INSENSITIVE);
            Matcher matcher = names.matcher(sql);
            return matcher.replaceAll(found -> Matcher.quoteReplacement(
                    all.getOrDefault(found.group(1).toLowerCase(Locale.ROOT), found.group(1))));
        }
    }

    /** The head's relations with renamed columns under their old names. */
    private record OldNames(Relations head, Renames renames, Relations base) implements Catalog {
        @Override
        public @Nullable TableColumns columns(TableRef table) {
            TableColumns known = head.columns(table);
            Map<String, String> oldByNew = renames.columns().get(head.datasetId(table));
            if (known == null || oldByNew == null) {
                return known;
            }
            return new TableColumns(
                    known.columns().stream()
                            .map(column ->
                                    new KnownColumn(oldByNew.getOrDefault(column.name(), column.name()), column.type()))
                            .toList(),
                    known.complete());
        }

        @Override
        public @Nullable String viewSql(TableRef table) {
            return null;
        }
    }

    private static UniqueKeys declaredKeys(LineageIndex index) {
        Map<String, List<Set<String>>> keys = new HashMap<>();
        for (Dataset dataset : index.datasets()) {
            Definition definition = dataset.definition();
            if (!dataset.kind().equals("test")
                    || definition == null
                    || dataset.reads().isEmpty()) {
                continue;
            }
            for (String setting : definition.settings()) {
                if (setting.startsWith("unique=")) {
                    keys.computeIfAbsent(dataset.reads().get(0).datasetId(), id -> new ArrayList<>())
                            .add(new HashSet<>(Arrays.asList(
                                    setting.substring("unique=".length()).split(","))));
                }
            }
        }
        return (table, columns) -> {
            String id = index.relations("ansi").datasetId(table);
            return keys.getOrDefault(id, List.of()).stream().anyMatch(columns::containsAll);
        };
    }
}
