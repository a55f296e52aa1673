package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ExtractionContext;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.dbt.DbtProjectReader;
import io.tailwater.lineage.project.kafka.KafkaReader;
import io.tailwater.lineage.project.lightdash.LightdashReader;
import io.tailwater.lineage.project.liquibase.LiquibaseChangeLogs;
import io.tailwater.lineage.project.lookml.LookmlReader;
import io.tailwater.lineage.project.metabase.MetabaseReader;
import io.tailwater.lineage.project.powerbi.PowerBiReader;
import io.tailwater.lineage.project.prisma.PrismaMigrations;
import io.tailwater.lineage.project.python.AlembicMigrations;
import io.tailwater.lineage.project.python.DjangoMigrations;
import io.tailwater.lineage.project.python.OrmModels;
import io.tailwater.lineage.project.python.PythonPipelines;
import io.tailwater.lineage.project.rails.RailsMigrations;
import io.tailwater.lineage.project.sql.SqlFileReader;
import io.tailwater.lineage.project.superset.SupersetReader;
import io.tailwater.lineage.project.tableau.TableauReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the files of one revision into its lineage. Pure apart from what it asks of the files and the context it is given. */
public final class RepositoryLineageExtractor {
    private static final List<ProjectReader> READERS = List.of(
            new DbtProjectReader(),
            new SqlFileReader(List.of(
                    new AlembicMigrations(),
                    new DjangoMigrations(),
                    new LiquibaseChangeLogs(),
                    new PrismaMigrations(),
                    new RailsMigrations(),
                    new OrmModels(),
                    new PythonPipelines())),
            new LookmlReader(),
            new SupersetReader(),
            new MetabaseReader(),
            new LightdashReader(),
            new PowerBiReader(),
            new TableauReader(),
            new KafkaReader(),
            new OtherFiles());

    /**
     * Reads a revision. Never fails on what the files hold: what is not understood is listed in the result with its
     * reason.
     *
     * @param files the revision
     * @param cache results of earlier extractions
     */
    public RepositoryLineage extract(RepositoryFiles files, ExtractionCache cache) {
        return extract(files, ExtractionContext.unlimited(cache), RepositoryConfig.of(files));
    }

    /**
     * Reads a revision under a configuration that is not its own: both sides of a comparison are read alike, so that a
     * change of the configuration alone is none of the data.
     *
     * @param files the revision
     * @param context what may be used besides
     * @param config what the repository's people tell the analysis
     * @throws io.tailwater.lineage.project.TimeLimitReached when the context's time is over before everything is read
     */
    public RepositoryLineage extract(RepositoryFiles files, ExtractionContext context, RepositoryConfig config) {
        SourceTree tree = SourceTree.of(files, config, context.outOfTime());
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        Set<Unresolved> unresolved = new LinkedHashSet<>();
        Set<String> paths = new LinkedHashSet<>();
        Set<String> notAnalysed = new LinkedHashSet<>();
        for (ProjectReader reader : READERS) {
            ProjectReader.Reading reading = reader.read(tree, context.cache());
            for (Dataset dataset : reading.datasets()) {
                datasets.merge(
                        dataset.id(),
                        dataset,
                        (before, after) -> before.role() == DatasetRole.REFERENCED ? after : before);
            }
            unresolved.addAll(reading.unresolved());
            paths.addAll(reading.files());
            notAnalysed.addAll(reading.notAnalysed());
        }
        Set<String> open = new LinkedHashSet<>();
        unresolved.forEach(each -> open.add(each.location().path()));
        open.retainAll(paths);
        Coverage coverage = new Coverage(paths.size(), paths.size() - notAnalysed.size(), open.size());
        return new RepositoryLineage(
                files.repository(),
                files.revision(),
                RelationLinks.join(ConnectorLinks.join(Annotations.of(tree).apply(datasets.values()))),
                List.copyOf(unresolved),
                coverage);
    }
}
