package io.tailwater.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.lineage.extract.RepositoryLineageExtractor;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.Relations;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.TableCatalog;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.parse.ParseLimits;
import io.tailwater.lineage.sql.parse.SqlParser;
import io.tailwater.lineage.sql.tree.Ddl;
import io.tailwater.lineage.sql.tree.Statement;
import io.tailwater.pranalyzer.git.GitLimits;
import io.tailwater.pranalyzer.git.LocalRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Statements out of folders that are given: nothing of others is kept here. */
final class Workloads {
    private Workloads() {}

    /** The rendered models of the dbt projects in a folder of clones, over the columns the repositories tell. */
    static Workload dbtModels(Path clones) throws IOException {
        List<Workload.Statement> statements = new ArrayList<>();
        try (Stream<Path> folders = Files.list(clones)) {
            for (Path folder : folders.sorted().toList()) {
                Path repository = Files.isDirectory(folder.resolve("repo")) ? folder.resolve("repo") : folder;
                try (LocalRepository opened = LocalRepository.open(repository, GitLimits.defaults())) {
                    add(
                            new RepositoryLineageExtractor().extract(opened.at("HEAD"), ExtractionCache.none()),
                            statements);
                } catch (LocalRepository.Unreadable e) {
                    System.err.println("left out: " + e.getMessage());
                }
            }
        }
        return new Workload("dbt models", statements);
    }

    private static void add(RepositoryLineage lineage, List<Workload.Statement> statements) {
        Map<String, Relations> relations = new HashMap<>();
        for (Dataset dataset : lineage.datasets()) {
            Definition definition = dataset.definition();
            if (definition == null || !dataset.id().startsWith("dbt.")) {
                continue;
            }
            Relations known = relations.computeIfAbsent(definition.dialect(), dialect -> {
                Relations all = new Relations(SqlOptions.of(dialect).nameRules());
                lineage.datasets().forEach(all::define);
                return all;
            });
            SqlOptions options = SqlOptions.of(definition.dialect()).withCatalog(known);
            for (Definition.Query query : definition.queries()) {
                if (!query.sql().isBlank()) {
                    statements.add(new Workload.Statement(query.sql(), options));
                }
            }
        }
    }

    /** The statements of JSON Lines files of cases ({@code statements}, {@code dialect}, {@code schema}) whose name holds a word. */
    static Workload cases(String name, Path folder, String word) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<Workload.Statement> statements = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().contains(word))
                    .filter(path -> path.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode one = json.readTree(line);
                    SqlOptions options = SqlOptions.of(one.path("dialect").asText("ansi"));
                    TableCatalog.Builder catalog = TableCatalog.builder(options.nameRules());
                    one.path("schema").properties().forEach(table -> {
                        List<String> columns = new ArrayList<>();
                        table.getValue().forEach(column -> columns.add(column.asText()));
                        catalog.table(table.getKey(), columns.toArray(String[]::new));
                    });
                    SqlOptions known = options.withCatalog(catalog.build());
                    one.path("statements").forEach(sql -> statements.add(new Workload.Statement(sql.asText(), known)));
                }
            }
        }
        return new Workload(name, statements);
    }

    /**
     * The queries of SQL files in a folder, over the tables that CREATE TABLE in any of them tells, in standard SQL: the
     * form in which the kits of TPC-DS and TPC-H come.
     */
    static Workload sqlFiles(String name, Path folder) throws IOException {
        Dialect dialect = Dialect.named("ansi");
        TableCatalog.Builder catalog =
                TableCatalog.builder(SqlOptions.of("ansi").nameRules());
        List<String> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sql"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                for (Statement statement :
                        SqlParser.parse(text, dialect, ParseLimits.DEFAULT).statements()) {
                    if (statement instanceof Ddl.CreateTable table) {
                        catalog.table(
                                table.name().range().of(text),
                                table.columns().stream()
                                        .map(column -> column.name().text())
                                        .toArray(String[]::new));
                    } else if (statement instanceof Statement.QueryStatement) {
                        queries.add(statement.range().of(text));
                    }
                }
            }
        }
        SqlOptions options = SqlOptions.of("ansi").withCatalog(catalog.build());
        return new Workload(
                name,
                queries.stream()
                        .map(sql -> new Workload.Statement(sql, options))
                        .toList());
    }
}
