package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.Assembly;
import io.tailwater.lineage.project.CompiledQuery;
import io.tailwater.lineage.project.LineageAssembler;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlLineage;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.result.SqlAnalysis;
import io.tailwater.lineage.sql.result.StatementLineage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query that a BI file carries, as a dataset of its own. */
public final class EmbeddedQuery {
    private EmbeddedQuery() {}

    /**
     * The dataset that a query makes.
     *
     * @param id id of the dataset
     * @param name its name
     * @param kind its kind
     * @param role its role
     * @param at where it is defined
     * @param queries the query, once for each way its template may come out
     * @param blobId content of the file
     * @param options dialect of the query
     * @param relations what is known of the tables it reads
     * @param draft where tables that are only named are listed
     */
    public static Dataset dataset(
            String id,
            String name,
            String kind,
            DatasetRole role,
            SourceLocation at,
            List<CompiledQuery> queries,
            @Nullable String blobId,
            SqlOptions options,
            Relations relations,
            ReadingDraft draft) {
        LineageAssembler assembler = new LineageAssembler(name, relations::datasetId);
        List<Definition.Query> definitions = new ArrayList<>();
        for (CompiledQuery query : queries) {
            SqlAnalysis analysis = SqlLineage.analyze(query.sql(), options.withCatalog(relations));
            StatementLineage main = analysis.main().orElse(null);
            if (main == null) {
                assembler.addUnresolved(query.origins().apply(0), "the SQL holds no query", null);
            } else {
                assembler.add(query, main);
            }
            definitions.add(query.toQuery());
        }
        Assembly assembly = assembler.assemble();
        assembly.reads().forEach(read -> {
            if (read.datasetId().startsWith("table.")) {
                draft.table(read.datasetId().substring("table.".length()), read.location());
            }
        });
        return new Dataset(
                id,
                name,
                null,
                kind,
                role,
                at,
                false,
                assembly.columns(),
                assembly.openStars(),
                assembly.reads().stream()
                        .filter(read -> !read.datasetId().equals(id))
                        .toList(),
                assembly.rowDependencies(),
                List.of(),
                assembly.completeness(),
                assembly.unresolved(),
                new Definition(blobId, options.dialect(), definitions, List.of()));
    }
}
