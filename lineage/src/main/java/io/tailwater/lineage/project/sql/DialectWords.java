package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.project.SourceTree;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells the dialect of loose SQL files by words that only one of them uses. */
final class DialectWords {
    private static final Map<String, Pattern> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                "snowflake",
                Pattern.compile(
                        "(?i)\\bvariant\\b|\\bflatten\\s*\\(|\\bcopy\\s+grants\\b|\\bwarehouse\\s*=|\\buse\\s+warehouse\\b"));
        WORDS.put(
                "bigquery",
                Pattern.compile(
                        "(?i)`[\\w${}-]+\\.[\\w${}]+\\.[\\w${}*]+`|\\bselect\\s+\\*\\s+except\\s*\\(|\\bcountif\\s*\\(|\\bsafe\\.\\w+\\(|\\bstruct<|\\bsafe_cast\\b|\\bint64\\b"));
        WORDS.put("tsql", Pattern.compile("(?i)\\bnvarchar\\b|(?m)^\\s*go\\s*$|\\[dbo\\]|\\bidentity\\s*\\("));
        WORDS.put("mysql", Pattern.compile("(?i)\\bauto_increment\\b|\\bengine\\s*=\\s*innodb\\b"));
        WORDS.put("clickhouse", Pattern.compile("\\bMergeTree\\b|\\btoDateTime\\b|\\bLowCardinality\\b"));
        WORDS.put("redshift", Pattern.compile("(?i)\\bdistkey\\b|\\bsortkey\\b|\\bdiststyle\\b"));
        WORDS.put("databricks", Pattern.compile("(?i)\\busing\\s+delta\\b|\\blateral\\s+view\\b"));
        WORDS.put("oracle", Pattern.compile("(?i)\\bvarchar2\\b|\\bnvl2\\s*\\("));
        WORDS.put(
                "postgres",
                Pattern.compile(
                        "(?i)\\bjsonb\\b|\\bplpgsql\\b|\\bbigserial\\b|\\btimestamptz\\b|\\bserial\\b|\\bcreate\\s+extension\\b|\\bgen_random_uuid\\s*\\(|\\buuid_generate_v4\\s*\\(|\\bts(?:vector|query)\\b|\\btext\\[\\]"));
    }

    private static final Pattern BUILDS = Pattern.compile(
            "(?:.*/)?(?:pom\\.xml|build\\.gradle(?:\\.kts)?|libs\\.versions\\.toml|application[\\w.-]*\\.(?:ya?ml|properties)|flyway\\.(?:conf|toml))");

    private static final Map<String, Pattern> DRIVERS = Map.of(
            "postgres", Pattern.compile("org\\.postgresql|jdbc:(?:tc:)?postgresql"),
            "mysql", Pattern.compile("mysql-connector|mariadb-java-client|jdbc:(?:tc:)?(?:mysql|mariadb)"),
            "tsql", Pattern.compile("mssql-jdbc|jdbc:(?:tc:)?sqlserver"),
            "oracle", Pattern.compile("ojdbc\\d|jdbc:oracle"));

    private static final Pattern BIGQUERY_TYPES =
            Pattern.compile("\\b(?:INT64|FLOAT64|BIGNUMERIC)\\b|\\b(?:RECORD|NULLABLE|REPEATED)\\b");

    private DialectWords() {}

    static String dialect(SourceTree files, List<String> paths) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (String path : paths.subList(0, Math.min(400, paths.size()))) {
            String text = files.text(path);
            if (text != null) {
                WORDS.forEach((dialect, words) -> {
                    if (words.matcher(text).find()) {
                        found.merge(dialect, 1, Integer::sum);
                    }
                });
            }
        }
        // beside queries: columns declared in the form of BigQuery's table schema
        for (String path : files.paths(SchemaFile::isSchema).stream().limit(50).toList()) {
            String text = files.text(path);
            if (text != null && BIGQUERY_TYPES.matcher(text).find()) {
                found.merge("bigquery", 1, Integer::sum);
            }
        }
        return found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(() -> byDriver(files));
    }

    /** The dialect of the only database for which the builds and settings of the repository name a driver. */
    private static String byDriver(SourceTree files) {
        Set<String> named = new HashSet<>();
        List<String> builds = files.paths(path -> BUILDS.matcher(path).matches()).stream()
                .limit(60)
                .toList();
        for (String path : builds) {
            String text = files.text(path);
            if (text != null) {
                DRIVERS.forEach((dialect, driver) -> {
                    if (driver.matcher(text).find()) {
                        named.add(dialect);
                    }
                });
            }
        }
        return named.size() == 1 ? named.iterator().next() : "ansi";
    }
}
