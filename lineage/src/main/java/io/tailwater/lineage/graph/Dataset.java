package io.tailwater.lineage.graph;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A named collection of rows with columns, or something that reads such collections.
 *
 * @param id unique within one repository and stable from revision to revision
 * @param name the name people use: for a dbt node its name, otherwise the name in the SQL
 * @param qualifiedName normalised full relation name ({@code database.schema.name}, as far as known), by which other repositories find it; null where unknown
 * @param kind what it is: {@code model}, {@code table}, {@code view}, {@code seed}, {@code snapshot}, {@code source}, {@code test}, {@code exposure}, {@code metric}, {@code explore}, {@code dashboard}, {@code job} and others
 * @param role what the repository has to do with it
 * @param location where it is defined, for {@link DatasetRole#REFERENCED} and {@link DatasetRole#MISSING} where it is first named
 * @param published whether it is made for readers outside the repository: a mart, a report, a table of a database
 * @param columns known columns in output order
 * @param openStars stars whose columns nothing tells; they bring columns besides {@code columns}
 * @param reads datasets it reads, in order of their first place, each place once
 * @param rowDependencies upstream columns that decide which rows it has
 * @param owners people or teams, as the repository names them
 * @param completeness how far columns and dependencies are known
 * @param unresolved what is not known, and why
 * @param definition what it is made by; null where the repository does not make it
 */
public record Dataset(
        String id,
        String name,
        @Nullable String qualifiedName,
        String kind,
        DatasetRole role,
        SourceLocation location,
        boolean published,
        List<Column> columns,
        List<OpenStar> openStars,
        List<DatasetRead> reads,
        List<ColumnDependency> rowDependencies,
        List<String> owners,
        Completeness completeness,
        List<Unresolved> unresolved,
        @Nullable Definition definition) {
    public Dataset {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(completeness, "completeness");
        columns = List.copyOf(columns);
        openStars = List.copyOf(openStars);
        reads = List.copyOf(reads);
        rowDependencies = List.copyOf(rowDependencies);
        owners = List.copyOf(owners);
        unresolved = List.copyOf(unresolved);
    }

    /** The column of that normalised name, if it is known. */
    public Optional<Column> column(String columnName) {
        return columns.stream()
                .filter(column -> column.name().equals(columnName))
                .findFirst();
    }

    /** Of the id alone: within a revision it tells datasets apart, and the rest is long. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
