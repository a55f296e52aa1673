package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A dataset while its parts are being found. */
public final class DatasetDraft {
    private final String id;
    private final String name;
    private final String kind;
    private final DatasetRole role;
    private final SourceLocation location;
    private @Nullable String qualifiedName;
    private boolean published;
    private final Map<String, Part> columns = new LinkedHashMap<>();
    private final Map<String, ColumnDependency> rows = new LinkedHashMap<>();
    private final Map<String, DatasetRead> reads = new LinkedHashMap<>();
    private final List<OpenStar> openStars = new ArrayList<>();
    private final Set<Unresolved> unresolved = new LinkedHashSet<>();
    private final List<String> owners = new ArrayList<>();
    private final Map<String, String> settings = new TreeMap<>();
    private boolean unknown;

    private record Part(@Nullable String type, SourceLocation location, Map<String, ColumnDependency> dependencies) {}

    /** A dataset without parts. */
    public DatasetDraft(String id, String name, String kind, DatasetRole role, SourceLocation location) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.role = role;
        this.location = location;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** By which name other repositories find it; null if they cannot. */
    public DatasetDraft qualifiedName(@Nullable String name) {
        qualifiedName = name;
        return this;
    }

    /** Marks it as made for readers outside the repository. */
    public DatasetDraft published() {
        published = true;
        return this;
    }

    /** Marks it as something of which no column is known. */
    public DatasetDraft unknown() {
        unknown = true;
        return this;
    }

    /** Adds a person or team. */
    public void owner(@Nullable String owner) {
        if (owner != null && !owner.isBlank() && !owners.contains(owner)) {
            owners.add(owner);
        }
    }

    /** Adds a column; of two of the same name the first stays. */
    public void column(String column, @Nullable String type, SourceLocation at) {
        columns.putIfAbsent(column, new Part(type, at, new LinkedHashMap<>()));
    }

    /** Whether there is such a column. */
    public boolean hasColumn(String column) {
        return columns.containsKey(column);
    }

    /** Lets a column depend on another dataset's column; a null column of this dataset means its rows. */
    public void uses(
            @Nullable String column, String datasetId, @Nullable String upstream, Dependency kind, SourceLocation at) {
        Part part = column == null ? null : columns.get(column);
        ColumnDependency dependency = new ColumnDependency(datasetId, upstream, kind, at);
        (part == null ? rows : part.dependencies())
                .putIfAbsent(datasetId + "\n" + upstream + "\n" + kind.wireName(), dependency);
        reads(datasetId, at);
    }

    /** Says that a dataset is read. */
    public void reads(String datasetId, SourceLocation at) {
        if (!datasetId.equals(id)) {
            reads.putIfAbsent(datasetId, new DatasetRead(datasetId, at));
        }
    }

    /** All columns of a dataset arrive whose columns nothing tells. */
    public void star(String datasetId, List<String> except, SourceLocation at) {
        openStars.add(new OpenStar(datasetId, except, at));
        reads(datasetId, at);
    }

    /** Notes what is not known. */
    public void unresolved(SourceLocation at, String reason, @Nullable String column) {
        unresolved.add(new Unresolved(at, reason, name, column));
    }

    /** Keeps how a column is computed, so that a change of it is seen. */
    public void expression(String column, String text) {
        settings.put(Definition.EXPRESSION_SETTING + column, text);
    }

    /** Keeps something that decides which rows there are, so that a change of it is seen. */
    public void rowRule(String what, String text) {
        settings.put(Definition.ROWS_SETTING + what.replace('=', '_'), text);
    }

    /** The dataset as far as it was found. */
    public Dataset build(@Nullable String blobId, String dialect) {
        List<Column> known = new ArrayList<>();
        columns.forEach((column, part) -> known.add(new Column(
                column,
                part.type(),
                part.location(),
                List.copyOf(part.dependencies().values()))));
        return new Dataset(
                id,
                name,
                qualifiedName,
                kind,
                role,
                location,
                published,
                known,
                openStars,
                List.copyOf(reads.values()),
                List.copyOf(rows.values()),
                owners,
                completeness(known),
                List.copyOf(unresolved),
                role == DatasetRole.REFERENCED || role == DatasetRole.MISSING
                        ? null
                        : new Definition(
                                blobId,
                                dialect,
                                List.of(),
                                settings.entrySet().stream()
                                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                                        .toList()));
    }

    private Completeness completeness(List<Column> known) {
        if (unknown || role == DatasetRole.REFERENCED || role == DatasetRole.MISSING) {
            return Completeness.UNKNOWN;
        }
        if (!unresolved.isEmpty()) {
            return known.isEmpty() && role != DatasetRole.READER ? Completeness.UNKNOWN : Completeness.PARTIAL;
        }
        return openStars.isEmpty() ? Completeness.COMPLETE : Completeness.OPEN_STAR;
    }
}
