package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.project.RepositoryConfig;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds out where a project runs and which dialect it is written in: profile, requirements, settings, then words of its SQL. */
final class ProfileFinder {
    private static final List<String> PRODUCTION = List.of("prod", "production", "prd", "live");
    private static final Pattern ADAPTER = Pattern.compile(
            "\\bdbt[-_](snowflake|bigquery|redshift|postgres|databricks|spark|trino|athena|clickhouse|duckdb|mysql|sqlserver|synapse|fabric|oracle|teradata|vertica|dremio|presto|hive|sqlite|db2)\\b");
    /** Settings and words that only one warehouse's projects use. */
    private static final Map<String, Pattern> WORDS = words();

    private final SourceTree files;

    ProfileFinder(SourceTree files) {
        this.files = files;
    }

    private static Map<String, Pattern> words() {
        Map<String, Pattern> words = new LinkedHashMap<>();
        words.put(
                "snowflake",
                Pattern.compile(
                        "(?i)snowflake_warehouse|::\\s*variant\\b|\\blateral\\s+flatten\\s*\\(|\\bparse_json\\s*\\(|\\btimestamp_ntz\\b|\\biff\\s*\\(|\\bobject_construct\\b|\\bdateadd\\s*\\("));
        words.put(
                "bigquery",
                Pattern.compile(
                        "(?i)\\bsafe_cast\\s*\\(|\\bstruct<|\\bunnest\\s*\\(|\\b_table_suffix\\b|\\btimestamp_trunc\\s*\\(|\\bdate_sub\\s*\\([^)]*interval\\b|\\bint64\\b|\\bfloat64\\b"));
        words.put(
                "clickhouse",
                Pattern.compile(
                        "\\btoDateTime\\b|\\btoStartOf\\w+\\s*\\(|\\bJSON_VALUE\\s*\\(|MergeTree|\\bargMax\\s*\\(|\\barrayJoin\\s*\\(|\\bJSONExtract\\w*\\s*\\("));
        words.put(
                "redshift", Pattern.compile("(?i)\\bdistkey\\b|\\bsortkey\\b|\\bdist\\s*=\\s*'|\\bgetdate\\s*\\(\\)"));
        words.put(
                "databricks",
                Pattern.compile(
                        "(?i)\\bfile_format\\s*=\\s*'delta'|\\busing\\s+delta\\b|\\blateral\\s+view\\s+explode\\b"));
        words.put(
                "trino",
                Pattern.compile(
                        "(?i)\\bapprox_distinct\\s*\\(|\\bfrom_unixtime\\s*\\(|\\bvarbinary\\b|\\bcross\\s+join\\s+unnest\\b"));
        words.put(
                "tsql",
                Pattern.compile("(?i)\\bnvarchar\\b|\\bisnull\\s*\\(|\\bgetutcdate\\s*\\(|\\bcross\\s+apply\\b"));
        words.put("postgres", Pattern.compile("(?i)\\bjsonb\\b|\\bto_tsvector\\b|\\bgenerate_series\\s*\\(|~\\*\\s*'"));
        return words;
    }

    /** The profile's target, with what the repository's configuration tells where the profile does not. */
    TargetProfile profile(@Nullable String wanted, String projectFolder) {
        TargetProfile found = found(wanted, projectFolder);
        RepositoryConfig config = files.config();
        return new TargetProfile(
                found.name() == null ? config.dbtTarget() : found.name(),
                found.type(),
                found.database() == null ? config.database() : found.database(),
                found.schema() == null ? config.schema() : found.schema(),
                found.path());
    }

    private TargetProfile found(@Nullable String wanted, String projectFolder) {
        TargetProfile best = TargetProfile.UNKNOWN;
        for (String path : files.paths(path -> path.endsWith("profiles.yml") || path.endsWith("profiles.yaml"))) {
            String text = files.text(path);
            if (text == null || !(YamlReader.read(text) instanceof YamlOutcome.Read read) || read.root() == null) {
                continue;
            }
            YamlValue profile = wanted == null ? null : read.root().get(wanted);
            if (profile == null || profile.entries("outputs").isEmpty()) {
                continue;
            }
            TargetProfile found = target(profile, path);
            boolean near = projectFolder.isEmpty() || path.startsWith(projectFolder + "/");
            if (best == TargetProfile.UNKNOWN || near) {
                best = found;
            }
        }
        return best;
    }

    private TargetProfile target(YamlValue profile, String path) {
        Map<String, YamlValue> outputs = profile.entries("outputs");
        String told = files.config().dbtTarget();
        String name = told != null && outputs.containsKey(told)
                ? told
                : PRODUCTION.stream().filter(outputs::containsKey).findFirst().orElse(null);
        String declared = profile.text("target");
        if (name == null) {
            name = declared != null && outputs.containsKey(declared)
                    ? declared
                    : outputs.keySet().iterator().next();
        }
        YamlValue output = outputs.get(name);
        String database = first(output, "database", "dbname", "project", "catalog");
        String schema = first(output, "schema", "dataset");
        return new TargetProfile(name, output == null ? null : output.text("type"), database, schema, path);
    }

    private static @Nullable String first(@Nullable YamlValue output, String... keys) {
        for (String key : keys) {
            String text = output == null ? null : output.text(key);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    DialectChoice dialect(TargetProfile profile, YamlValue project, String folder) {
        String told = files.config().dialectOf(folder.isEmpty() ? "dbt_project.yml" : folder + "/dbt_project.yml");
        if (told != null) {
            return new DialectChoice(told, RepositoryConfig.PATH);
        }
        if (profile.type() != null) {
            return new DialectChoice(dialectOf(profile.type()), "type in " + profile.path());
        }
        for (String path : files.paths(ProfileFinder::namesRequirements)) {
            String text = files.text(path);
            Matcher matcher = ADAPTER.matcher(text == null ? "" : text);
            if (matcher.find()) {
                return new DialectChoice(dialectOf(matcher.group(1)), matcher.group() + " in " + path);
            }
        }
        return byWords(folder);
    }

    private static boolean namesRequirements(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith("requirements")
                || name.equals("pyproject.toml")
                || name.equals("Pipfile")
                || name.equals("setup.py")
                || name.equals("Dockerfile")
                || name.equals("environment.yml")
                || name.endsWith("profiles.yml")
                || path.startsWith(".github/workflows/");
    }

    private DialectChoice byWords(String folder) {
        Map<String, Integer> found = new LinkedHashMap<>();
        int looked = 0;
        for (String path : files.pathsIn(folder, ".sql", "dbt_project.yml")) {
            String text = files.text(path);
            if (text == null || ++looked > 400) {
                continue;
            }
            WORDS.forEach((dialect, pattern) -> {
                if (pattern.matcher(text).find()) {
                    found.merge(dialect, 1, Integer::sum);
                }
            });
        }
        String best = null;
        for (Map.Entry<String, Integer> entry : found.entrySet()) {
            if (best == null || entry.getValue() > found.getOrDefault(best, 0)) {
                best = entry.getKey();
            }
        }
        return best == null
                ? new DialectChoice("ansi", "nothing in the repository names a warehouse")
                : new DialectChoice(best, "words in " + found.get(best) + " of its files");
    }

    private static String dialectOf(String adapter) {
        return switch (adapter) {
            case "sqlserver", "synapse", "fabric" -> "tsql";
            case "dremio" -> "ansi";
            default -> adapter;
        };
    }
}
