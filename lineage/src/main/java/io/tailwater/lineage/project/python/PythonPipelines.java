package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.sql.SqlScript;
import io.tailwater.lineage.project.sql.SqlScripts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Jobs of Spark and Glue, tasks of Airflow that carry SQL, scripts of pandas: what they write, and from what. */
public final class PythonPipelines implements SqlScripts {
    private static final Pattern WORDS = Pattern.compile(
            "pyspark|awsglue|\\bspark\\.(?:sql|table|read)\\b|\\bimport dlt\\b|\\bairflow\\b|\\bread_sql|\\bto_sql\\(|\\b(?:read|to)_gbq\\(");
    private static final Pattern TESTS =
            Pattern.compile("(?:.*/)?(?:tests?/.*|test_[^/]*|[^/]*_test\\.py|conftest\\.py)");
    private static final int MOST_FILES = 5_000;

    @Override
    public Found find(SourceTree files, String dialect) {
        Modules modules = new Modules(files);
        SqlValues values = new SqlValues(files);
        List<SqlScript> scripts = new ArrayList<>();
        List<Unresolved> unresolved = new ArrayList<>();
        Set<String> taken = new LinkedHashSet<>();
        int read = 0;
        for (String path : files.paths(path -> path.endsWith(".py") && !files.isTaken(path))) {
            String text = TESTS.matcher(path).matches() ? null : files.text(path);
            if (text == null || !WORDS.matcher(text).find() || text.contains("down_revision")) {
                continue;
            }
            if (++read > MOST_FILES) {
                unresolved.add(new Unresolved(
                        SourceLocation.of(path, 1),
                        "there are more than " + MOST_FILES
                                + " pipelines in Python; from this one on they are not analysed",
                        null,
                        null));
                taken.add(path);
                break;
            }
            PipelineSinks sinks = follow(path, files, modules, values, dialect);
            if (sinks.isPipeline()) {
                taken.add(path);
                scripts.addAll(sinks.scripts());
                unresolved.addAll(sinks.unresolved());
            }
        }
        return new Found(scripts, unresolved, taken);
    }

    private static PipelineSinks follow(
            String path, SourceTree files, Modules modules, SqlValues values, String usual) {
        String told = files.config().dialectOf(path);
        String spark = told != null && Set.of("spark", "databricks", "hive").contains(told)
                ? told
                : usual.equals("spark") ? "spark" : "databricks";
        PipelineSinks sinks = new PipelineSinks(path, told == null ? usual : told, spark, values);
        Interpreter interpreter = new Interpreter(modules, sinks);
        try {
            Environment environment = interpreter.run(path);
            if (environment != null) {
                sinks.finish(interpreter);
                interpreter.runUncalled(environment);
            }
        } catch (Interpreter.Exhausted exhausted) {
            sinks.exhausted(exhausted.reason());
        }
        return sinks;
    }
}
