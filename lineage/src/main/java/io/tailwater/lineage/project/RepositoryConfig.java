package io.tailwater.lineage.project;

import io.tailwater.lineage.config.Glob;
import io.tailwater.lineage.config.LayoutPattern;
import io.tailwater.lineage.config.NameAlias;
import io.tailwater.lineage.config.SeverityRule;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.graph.Unresolved;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .tailwater.yml} at the root of a repository says; its form is {@code docs/tailwater.schema.json}.
 *
 * @param database database of names that lack one; null where not told
 * @param schema schema of names that lack one; null where not told
 * @param dialects dialects by path, the first that matches counts
 * @param names what databases and schemas are called elsewhere, the first that matches counts
 * @param dbtTarget name of the dbt target to take; null where not told
 * @param dbtVars variables as {@code dbt --vars} would give them
 * @param ignore paths that are not read
 * @param layouts how paths of queries name the tables they fill
 * @param topics which schemas and tables belong to topics of Kafka, where no connector or name tells
 * @param severity how much findings count
 * @param suppressions findings to live with
 * @param mistakes what is wrong in the file; the rest of it holds
 */
public record RepositoryConfig(
        @Nullable String database,
        @Nullable String schema,
        List<DialectRule> dialects,
        List<NameAlias> names,
        @Nullable String dbtTarget,
        Map<String, YamlValue> dbtVars,
        List<Glob> ignore,
        List<LayoutPattern> layouts,
        List<TopicRule> topics,
        List<SeverityRule> severity,
        List<Suppression> suppressions,
        List<Unresolved> mistakes) {
    /** Where the file is. */
    public static final String PATH = ".tailwater.yml";

    /** What holds without a file. */
    public static final RepositoryConfig NONE = new RepositoryConfig(
            null, null, List.of(), List.of(), null, Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());

    /**
     * The dialect of some paths.
     *
     * @param paths which
     * @param dialect name of the dialect
     */
    public record DialectRule(Glob paths, String dialect) {}

    /**
     * What belongs to a topic.
     *
     * @param topic name of the topic
     * @param schema files that declare what it carries; null where not told
     * @param table relation that is filled from it; null where not told
     * @param line line of the entry
     */
    public record TopicRule(
            String topic, @Nullable Glob schema, @Nullable String table, int line) {}

    public RepositoryConfig {
        topics = List.copyOf(topics);
        dialects = List.copyOf(dialects);
        names = List.copyOf(names);
        dbtVars = Map.copyOf(dbtVars);
        ignore = List.copyOf(ignore);
        layouts = List.copyOf(layouts);
        severity = List.copyOf(severity);
        suppressions = List.copyOf(suppressions);
        mistakes = List.copyOf(mistakes);
    }

    /** What the file of a revision says; {@link #NONE} if it has none. */
    public static RepositoryConfig of(RepositoryFiles files) {
        return RepositoryConfigReader.read(files);
    }

    /** The dialect of a path; null where not told. */
    public @Nullable String dialectOf(String path) {
        return dialects.stream()
                .filter(rule -> rule.paths().matches(path))
                .map(DialectRule::dialect)
                .findFirst()
                .orElse(null);
    }

    /** Whether a path is not to be read. */
    public boolean ignores(String path) {
        return ignore.stream().anyMatch(glob -> glob.matches(path));
    }

    /** The same with other paths that are not read. */
    public RepositoryConfig withIgnore(List<Glob> paths) {
        return new RepositoryConfig(
                database,
                schema,
                dialects,
                names,
                dbtTarget,
                dbtVars,
                paths,
                layouts,
                topics,
                severity,
                suppressions,
                mistakes);
    }
}
