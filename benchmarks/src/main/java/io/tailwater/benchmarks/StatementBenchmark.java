package io.tailwater.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One pass over all statements of a workload: full column lineage, our mere parsing, and another parser's mere parsing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StatementBenchmark {
    /** Name of the system property with the folder of clones. */
    static final String CLONES = "benchmarks.clones";

    /** Name of the system property with the folder of cases. */
    static final String CASES = "benchmarks.cases";

    /** Name of the system property with the folder of SQL files that create tables and query them. */
    static final String SCHEMA = "benchmarks.schema";

    /** Which statements: a {@link Source}, in small letters. */
    @Param({"dbt", "cases", "schema"})
    public String workload = "dbt";

    /** Where statements come from. */
    enum Source {
        /** Rendered models of dbt projects. */
        DBT,
        /** Cases in JSON Lines. */
        CASES,
        /** SQL files, for example those of TPC-DS. */
        SCHEMA;

        String parameter() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private Workload statements = new Workload("", List.of());

    /** The statements of a workload. */
    static Workload load(String workload) throws IOException {
        return switch (Source.valueOf(workload.toUpperCase(Locale.ROOT))) {
            case DBT -> Workloads.dbtModels(folder(CLONES));
            case CASES -> Workloads.cases("cases", folder(CASES), "tpc");
            case SCHEMA -> Workloads.sqlFiles("SQL files", folder(SCHEMA));
        };
    }

    private static Path folder(String property) {
        return Path.of(System.getProperty(property));
    }

    /** Reads the statements. */
    @Setup
    public void read() throws IOException {
        statements = load(workload);
    }

    /** Column lineage of every statement. */
    @Benchmark
    public void lineage(Blackhole sink) {
        for (Workload.Statement statement : statements.statements()) {
            sink.consume(statement.analyse());
        }
    }

    /** Parsing alone by JSqlParser; what it rejects costs what it costs until then. */
    @Benchmark
    public void jsqlparserParsing(Blackhole sink) {
        for (Workload.Statement statement : statements.statements()) {
            try {
                sink.consume(CCJSqlParserUtil.parse(
                        statement.sql(),
                        parser -> parser.withAllowComplexParsing(true).withTimeOut(0)));
            } catch (JSQLParserException | RuntimeException e) {
                sink.consume(e);
            }
        }
    }
}
