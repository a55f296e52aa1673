package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlValue;
import io.tailwater.lineage.sql.SqlOptions;
import io.tailwater.lineage.sql.catalog.NameRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declared sources as datasets. */
final class SourceDatasets {
    private final SourceTree files;

    SourceDatasets(SourceTree files) {
        this.files = files;
    }

    Dataset dataset(SourceTable source) {
        Properties.DeclaredSource declared = source.declared();
        String path = declared.path();
        NameRules rules = SqlOptions.of(source.project().dialect().dialect()).nameRules();
        return new Dataset(
                source.id(),
                declared.table(),
                qualifiedName(rules, source.database(), source.schema(), source.identifier()),
                "source",
                DatasetRole.SOURCE,
                SourceLocation.of(path, declared.yaml().line()),
                false,
                columns(declared.yaml(), path, rules),
                List.of(),
                List.of(),
                List.of(),
                Owners.of(declared.yaml(), declared.group()),
                Completeness.OPEN_STAR,
                List.of(),
                new Definition(files.blobId(path), source.project().dialect().dialect(), List.of(), List.of()));
    }

    static List<Column> columns(YamlValue declared, String path, NameRules rules) {
        List<Column> columns = new ArrayList<>();
        for (YamlValue column : declared.items("columns")) {
            String name = column.text("name");
            if (name != null && !name.isBlank()) {
                boolean quoted = column.get("quote") instanceof YamlValue.Scalar quote
                        && quote.text().equals("true");
                columns.add(new Column(
                        rules.column(name, quoted),
                        column.text("data_type"),
                        SourceLocation.of(path, column.line()),
                        List.of()));
            }
        }
        return columns;
    }

    /** The relation's full name as far as it is known from its own name outwards; null where not even the schema is. */
    static @Nullable String qualifiedName(
            NameRules rules, @Nullable String database, @Nullable String schema, String identifier) {
        if (schema == null || schema.isBlank()) {
            return null;
        }
        String inner = rules.tablePart(schema, false) + "." + rules.tablePart(identifier, false);
        return database == null || database.isBlank() || database.contains("{")
                ? inner
                : rules.tablePart(database, false) + "." + inner;
    }
}
