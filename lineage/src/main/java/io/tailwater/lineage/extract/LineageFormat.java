package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.Column;
import io.tailwater.lineage.graph.ColumnDependency;
import io.tailwater.lineage.graph.Completeness;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.DatasetRead;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.Definition;
import io.tailwater.lineage.graph.Dependency;
import io.tailwater.lineage.graph.DirectUse;
import io.tailwater.lineage.graph.IndirectUse;
import io.tailwater.lineage.graph.LineOrigins;
import io.tailwater.lineage.graph.OpenStar;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lineage as bytes. Writing and reading stand side by side, field by field. */
final class LineageFormat {
    private static final DirectUse[] DIRECT = DirectUse.values();
    private static final IndirectUse[] INDIRECT = IndirectUse.values();
    private static final DatasetRole[] ROLES = DatasetRole.values();
    private static final Unresolved.Concern[] CONCERNS = Unresolved.Concern.values();
    private static final Completeness[] COMPLETENESS = Completeness.values();

    private LineageFormat() {}

    static void write(ByteWriter out, Dataset dataset) {
        out.text(dataset.id());
        out.text(dataset.name());
        out.text(dataset.qualifiedName());
        out.text(dataset.kind());
        out.number(dataset.role().ordinal());
        write(out, dataset.location());
        out.flag(dataset.published());
        out.list(dataset.columns(), column -> write(out, column));
        out.list(dataset.openStars(), star -> {
            out.text(star.datasetId());
            out.texts(star.except());
            write(out, star.location());
        });
        out.list(dataset.reads(), read -> {
            out.text(read.datasetId());
            write(out, read.location());
        });
        out.list(dataset.rowDependencies(), dependency -> write(out, dependency));
        out.texts(dataset.owners());
        out.number(dataset.completeness().ordinal());
        out.list(dataset.unresolved(), open -> write(out, open));
        Definition definition = dataset.definition();
        out.flag(definition != null);
        if (definition != null) {
            write(out, definition);
        }
    }

    static Dataset dataset(ByteReader in) {
        return new Dataset(
                in.text(),
                in.text(),
                in.textOrNull(),
                in.text(),
                in.constant(ROLES),
                location(in),
                in.flag(),
                in.list(() -> column(in)),
                in.list(() -> new OpenStar(in.text(), in.texts(), location(in))),
                in.list(() -> new DatasetRead(in.text(), location(in))),
                in.list(() -> dependency(in)),
                in.texts(),
                in.constant(COMPLETENESS),
                in.list(() -> unresolved(in)),
                in.flag() ? definition(in) : null);
    }

    private static void write(ByteWriter out, Column column) {
        out.text(column.name());
        out.text(column.type());
        write(out, column.location());
        out.list(column.dependencies(), dependency -> write(out, dependency));
    }

    private static Column column(ByteReader in) {
        return new Column(in.text(), in.textOrNull(), location(in), in.list(() -> dependency(in)));
    }

    private static void write(ByteWriter out, ColumnDependency dependency) {
        out.text(dependency.datasetId());
        out.text(dependency.column());
        switch (dependency.kind()) {
            case DirectUse direct -> out.number(direct.ordinal());
            case IndirectUse indirect -> out.number(DIRECT.length + indirect.ordinal());
        }
        write(out, dependency.location());
    }

    private static ColumnDependency dependency(ByteReader in) {
        return new ColumnDependency(in.text(), in.textOrNull(), use(in.number()), location(in));
    }

    private static Dependency use(int ordinal) {
        if (ordinal < 0 || ordinal >= DIRECT.length + INDIRECT.length) {
            throw new ByteReader.Malformed("no such kind of use");
        }
        return ordinal < DIRECT.length ? DIRECT[ordinal] : INDIRECT[ordinal - DIRECT.length];
    }

    static void write(ByteWriter out, Unresolved open) {
        write(out, open.location());
        out.text(open.reason());
        out.text(open.dataset());
        out.text(open.column());
        out.number(open.concern().ordinal());
    }

    static Unresolved unresolved(ByteReader in) {
        return new Unresolved(location(in), in.text(), in.textOrNull(), in.textOrNull(), in.constant(CONCERNS));
    }

    /** The line times two, plus one where a place behind it follows. */
    private static void write(ByteWriter out, SourceLocation location) {
        SourceLocation through = location.through();
        out.text(location.path());
        out.number(location.line() << 1 | (through == null ? 0 : 1));
        if (through != null) {
            write(out, through);
        }
    }

    private static SourceLocation location(ByteReader in) {
        String path = in.text();
        int line = in.number();
        if (line >>> 1 == 0) {
            throw new ByteReader.Malformed("a line counted from 0");
        }
        @Nullable SourceLocation through = (line & 1) == 0 ? null : location(in);
        return new SourceLocation(path, line >>> 1, through);
    }

    private static void write(ByteWriter out, Definition definition) {
        out.text(definition.blobId());
        out.text(definition.dialect());
        out.list(definition.queries(), query -> {
            out.text(query.sql());
            out.list(query.lines().runs(), run -> {
                out.number(run.start());
                out.flag(run.advancing());
                write(out, run.origin());
            });
        });
        out.texts(definition.settings());
        out.list(definition.dropped().entrySet(), dropped -> {
            out.text(dropped.getKey());
            write(out, dropped.getValue());
        });
    }

    private static Definition definition(ByteReader in) {
        String blobId = in.textOrNull();
        String dialect = in.text();
        List<Definition.Query> queries =
                in.list(() -> new Definition.Query(in.text(), LineOrigins.ofRuns(in.list(() -> run(in)))));
        List<String> settings = in.texts();
        Map<String, SourceLocation> dropped = new LinkedHashMap<>();
        in.list(() -> dropped.put(in.text(), location(in)));
        return new Definition(blobId, dialect, queries, settings, dropped);
    }

    private static LineOrigins.Run run(ByteReader in) {
        int start = in.number();
        boolean advancing = in.flag();
        return new LineOrigins.Run(start, location(in), advancing);
    }
}
