package io.tailwater.lineage.compare;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.compare.QueryComparison;
import io.tailwater.lineage.sql.compare.UniqueKeys;
import io.tailwater.lineage.sql.result.OutputColumn;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares the queries of a dataset at the merge base with those at head, pair by pair. */
final class QueryPairs {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("tw_unknown_\\d+x");

    private final LineageIndex base;
    private final LineageIndex head;
    private final UniqueKeys keys;

    QueryPairs(LineageIndex base, LineageIndex head) {
        this.base = base;
        this.head = head;
        this.keys = DeclaredKeys.of(head);
    }

    /** What differs between two definitions of a dataset, both with queries. */
    QueryFindings compare(Dataset dataset, Definition old, Definition fresh, Renames renames) {
        List<String> before = sql(old);
        List<String> after = sql(fresh);
        QueryFindings findings = new QueryFindings();
        if (dataset.kind().equals("table") && before.size() != after.size()) {
            // statements that stay as they are pair with themselves; of the others some were added or taken away
            List<String> stay = new ArrayList<>(before);
            stay.retainAll(after);
            before.removeAll(stay);
            after.removeAll(stay);
            findings.rowsMayDiffer(
                    after.size() > before.size() ? "another statement fills it" : "a statement that filled it is gone");
            stay.stream()
                    .distinct()
                    .forEach(sql -> findings.add(compare(old.dialect(), sql, fresh.dialect(), sql, renames)));
        }
        int pairs = before.isEmpty() || after.isEmpty() ? 0 : Math.max(before.size(), after.size());
        for (int i = 0; i < pairs; i++) {
            String then = before.get(Math.min(i, before.size() - 1));
            String now = after.get(Math.min(i, after.size() - 1));
            findings.add(compare(old.dialect(), then, fresh.dialect(), now, renames));
        }
        return findings;
    }

    private static List<String> sql(Definition definition) {
        return new ArrayList<>(
                definition.queries().stream().map(Definition.Query::sql).toList());
    }

    private QueryFindings compare(String oldDialect, String before, String dialect, String after, Renames renames) {
        Optional<StatementLineage> then = main(before, oldDialect, base.relations(oldDialect));
        Optional<StatementLineage> now = main(after, dialect, renames.followingDatasets(head.relations(dialect)));
        if (then.isEmpty()
                || now.isEmpty()
                || then.get().recovered() != now.get().recovered()) {
            // What could not be read on one side only proves nothing gone or changed.
            QueryFindings unread = new QueryFindings();
            if (words(before).equals(words(after))) {
                unread.notCompared();
            } else {
                unread.changedUnreadably();
            }
            return unread;
        }
        QueryFindings plain =
                QueryFindings.of(QueryComparison.compare(then.get(), now.get(), keys), Map.of(), then.get());
        QueryFindings followed = !renames.ofColumns() || plain.weight() == 0
                ? null
                : followingColumns(then.get(), now.get(), dialect, after, renames);
        QueryFindings findings = followed != null && followed.weight() <= plain.weight() ? followed : plain;
        if (now.get().recovered() > 0) {
            findings.notCompared();
            if (findings.weight() == 0 && !words(before).equals(words(after))) {
                findings.changedUnreadably();
            }
        }
        return findings;
    }

    /** The comparison as if upstream columns still had their old names; null if that cannot be had. */
    private @Nullable QueryFindings followingColumns(
            StatementLineage then, StatementLineage now, String dialect, String after, Renames renames) {
        Optional<StatementLineage> asBefore =
                main(renames.rewrite(after), dialect, renames.followingColumns(head.relations(dialect)));
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
        return QueryFindings.of(QueryComparison.compare(then, asBefore.get(), keys), realNames, then);
    }

    private static Optional<StatementLineage> main(String sql, String dialect, Catalog catalog) {
        return SqlLineage.analyze(sql, SqlOptions.of(dialect).withCatalog(catalog))
                .main();
    }

    /** A text without comments and layout, for telling whether anything but those changed. */
    private static String words(String sql) {
        String bare = COMMENT.matcher(sql).replaceAll(" ").replaceAll("\\s+", " ");
        return PLACEHOLDER.matcher(bare).replaceAll("tw_unknown").strip().toLowerCase(Locale.ROOT);
    }
}
