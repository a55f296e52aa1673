package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.result.Dependency;
import io.tailwater.lineage.sql.result.DirectUse;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;

/** Column lists: {@code AS t (a, b)}, {@code WITH t (a, b)}, {@code CREATE VIEW v (a, b)}, {@code INSERT INTO t (a, b)}. */
final class Renames {

    private Renames() {}

    /** The parts under new names, by position. Names behind a star of unknown columns cannot be placed and say so. */
    static List<OutputPart> byPosition(
            List<OutputPart> parts, List<Identifier> names, Derivation derivation, SourceRange range) {
        List<OutputPart> renamed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            OutputPart part = parts.get(i);
            if (part instanceof OpenTable) {
                return behindStar(
                        renamed,
                        parts.subList(i, parts.size()),
                        names.subList(Math.min(i, names.size()), names.size()),
                        derivation,
                        range);
            }
            ScopeColumn column = (ScopeColumn) part;
            renamed.add(
                    i < names.size()
                            ? column.renamed(
                                    derivation.names().column(names.get(i)),
                                    names.get(i).text())
                            : column);
        }
        return renamed;
    }

    private static List<OutputPart> behindStar(
            List<OutputPart> placed,
            List<OutputPart> rest,
            List<Identifier> names,
            Derivation derivation,
            SourceRange range) {
        List<Dependency> all = new ArrayList<>();
        StringBuilder tables = new StringBuilder();
        for (OutputPart part : rest) {
            switch (part) {
                case ScopeColumn column -> all.addAll(column.dependencies());
                case OpenTable open -> {
                    all.add(new Dependency.Direct(
                            new UpstreamColumn(open.table(), UpstreamColumn.ALL), DirectUse.IDENTITY, false));
                    tables.append(tables.isEmpty() ? "" : ", ").append(open.table());
                }
            }
        }
        OpenTable star = (OpenTable) rest.getFirst();
        for (Identifier name : names) {
            String normal = derivation.names().column(name);
            derivation
                    .notes()
                    .unresolved(
                            normal,
                            Unresolved.Reason.UNKNOWN_COLUMNS,
                            "named by position behind a star over " + tables + ", whose columns are not known",
                            List.of(),
                            range);
            placed.add(new ScopeColumn(
                    normal,
                    name.text(),
                    true,
                    all,
                    io.tailwater.lineage.sql.canonical.Canon.call("some column of", star.canon()),
                    null,
                    false,
                    null,
                    name.range()));
        }
        return placed;
    }
}
