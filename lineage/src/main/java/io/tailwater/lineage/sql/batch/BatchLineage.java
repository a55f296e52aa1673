package io.tailwater.lineage.sql.batch;

import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.catalog.TableCatalog;
import io.tailwater.lineage.sql.catalog.TableColumns;
import io.tailwater.lineage.sql.derive.TextDeriver;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers batch cases. */
public final class BatchLineage {

    private BatchLineage() {}

    /**
     * The analyses of a case's texts, in order.
     *
     * @throws IllegalArgumentException naming the dialect, when there is none of that name
     */
    public static List<SqlAnalysis> analyses(BatchCase question) {
        SqlOptions options = options(question);
        Map<@Nullable String, TextDeriver> sessions = new HashMap<>();
        List<SqlAnalysis> analyses = new ArrayList<>();
        for (int i = 0; i < question.statements().size(); i++) {
            String session =
                    i < question.sessions().size() ? question.sessions().get(i) : null;
            TextDeriver text = sessions.computeIfAbsent(session, key -> SqlLineage.session(options));
            analyses.add(text.derive(question.statements().get(i)));
        }
        return analyses;
    }

    /** The answer to one case; whatever is wrong with it is told in {@link BatchResult#error()}. */
    public static BatchResult answer(BatchCase question) {
        List<SqlAnalysis> analyses;
        try {
            analyses = analyses(question);
        } catch (IllegalArgumentException unknownDialect) {
            return BatchResult.failed(question.id(), String.valueOf(unknownDialect.getMessage()));
        }
        BatchCollector collector = new BatchCollector(question.sessions().isEmpty());
        int recovered = 0;
        for (SqlAnalysis analysis : analyses) {
            recovered += analysis.recovered();
            analysis.statements().forEach(collector::add);
        }
        return collector.result(question.id(), recovered);
    }

    private static SqlOptions options(BatchCase question) {
        SqlOptions options = SqlOptions.of(question.dialect() == null ? "ansi" : question.dialect());
        NameRules names = options.nameRules();
        TableCatalog.Builder catalog = TableCatalog.builder(names);
        question.schema()
                .forEach((table, columns) -> catalog.table(names.table(table), TableColumns.complete(columns)));
        question.sources().forEach(catalog::view);
        return options.withCatalog(catalog.build()).withDefaults(question.defaultDatabase(), question.defaultSchema());
    }
}
