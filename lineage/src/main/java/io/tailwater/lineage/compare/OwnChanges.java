package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds for every dataset of both revisions how its own output differs. Upstream datasets come first, so that a reader
 * that only follows an upstream rename is not taken for one that computes something else.
 */
final class OwnChanges {
    private static final String CONTENT = "content.";

    private final LineageIndex base;
    private final LineageIndex head;
    private final QueryPairs queries;
    private final Map<String, Dataset> renamedDatasets;
    private final Map<String, OwnChange> changes = new LinkedHashMap<>();

    OwnChanges(LineageIndex base, LineageIndex head) {
        this.base = base;
        this.head = head;
        this.queries = new QueryPairs(base, head);
        this.renamedDatasets = DatasetRenames.between(base, head, queries);
    }

    /** All changes by dataset id, upstream ones first; datasets that exist on one side only have none. */
    Map<String, OwnChange> find() {
        for (Dataset after : Upstream.first(head)) {
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

    /** Datasets that only go by another name at head: by their id there, what they were. */
    Map<String, Dataset> renamedDatasets() {
        return renamedDatasets;
    }

    private @Nullable OwnChange compare(Dataset before, Dataset after) {
        Definition old = before.definition();
        Definition fresh = after.definition();
        boolean edited = old != null && fresh != null && !java.util.Objects.equals(old.blobId(), fresh.blobId());
        boolean own =
                before != after && (!sameQueries(old, fresh) || !settings(old).equals(settings(fresh)));
        if (!own
                && !upstreamColumnsDiffer(after)
                && (before == after || names(before).equals(names(after)))) {
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
        DeclaredExpressions.compare(change, newNames(after));
        ColumnTypes.compare(change, columnsWithFields(settings(old), settings(fresh)));
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
            if (now == then && now != null || renamedDatasets.containsKey(read.datasetId())) {
                continue;
            }
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
                || setting.startsWith(Definition.CONTRACT_SETTING)
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

    /** Columns whose fields both sides declare. */
    private static Set<String> columnsWithFields(List<String> old, List<String> fresh) {
        Set<String> columns = new LinkedHashSet<>();
        fields(old).keySet().forEach(path -> columns.add(path.replaceFirst("\\..*", "")));
        Set<String> now = new LinkedHashSet<>();
        fields(fresh).keySet().forEach(path -> now.add(path.replaceFirst("\\..*", "")));
        columns.retainAll(now);
        return columns;
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
        queries.compare(change.after, old, fresh, renames(change.after)).moveTo(change);
        reconcile(change);
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

    /** New names of the columns that a dataset reads, by the old ones. */
    private Map<String, String> newNames(Dataset after) {
        Map<String, String> names = new HashMap<>();
        for (DatasetRead read : after.reads()) {
            OwnChange upstream = changes.get(read.datasetId());
            if (upstream != null) {
                names.putAll(upstream.renamed);
            }
        }
        return names;
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
        return new Renames(columns, renamedDatasets);
    }
}
