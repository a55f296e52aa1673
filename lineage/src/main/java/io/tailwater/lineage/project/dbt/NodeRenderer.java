package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.jinja.Globals;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.Origin;
import io.tailwater.lineage.jinja.RenderLimits;
import io.tailwater.lineage.jinja.RenderOutcome;
import io.tailwater.lineage.jinja.RenderedText;
import io.tailwater.lineage.project.CompiledQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renders the template of a node into the queries that may run. */
final class NodeRenderer {
    private final Registry registry;
    private final MacroLibrary macros;

    NodeRenderer(Registry registry, MacroLibrary macros) {
        this.registry = registry;
        this.macros = macros;
    }

    /**
     * What a node's template gives.
     *
     * @param queries one query, or two where a condition that only a run can answer leads to different ones
     * @param notes decisions that were taken without being known
     * @param failure why there is no query; null if there is one
     * @param failedAt where rendering failed; null if it did not
     */
    record Rendering(
            List<CompiledQuery> queries,
            List<RenderOutcome.Note> notes,
            @Nullable String failure,
            @Nullable SourceLocation failedAt) {}

    Rendering render(Node node, Columns columns) {
        if (node.problem != null) {
            return new Rendering(
                    List.of(), List.of(), node.problem, SourceLocation.of(node.path, Math.max(1, node.problemLine)));
        }
        RenderOutcome first = outcome(node, columns, false);
        boolean branched = !(first instanceof RenderOutcome.Rendered rendered) || rendered.branched();
        RenderOutcome second = branched ? outcome(node, columns, true) : first;
        List<CompiledQuery> queries = new ArrayList<>();
        Set<RenderOutcome.Note> notes = new LinkedHashSet<>();
        RenderOutcome.Failed failed = null;
        for (RenderOutcome outcome : branched ? List.of(first, second) : List.of(first)) {
            switch (outcome) {
                case RenderOutcome.Rendered rendered -> {
                    String sql = rendered.text().value();
                    if (queries.stream().noneMatch(query -> query.sql().equals(sql))) {
                        queries.add(compiled(rendered));
                    }
                    notes.addAll(rendered.notes());
                }
                case RenderOutcome.Failed failure -> failed = failure;
            }
        }
        if (queries.isEmpty() && failed != null) {
            SourceLocation at =
                    failed.origin() == null ? SourceLocation.of(node.path, node.line) : location(failed.origin());
            return new Rendering(List.of(), List.of(), failed.reason(), at);
        }
        return new Rendering(queries, undecided(queries, notes), null, null);
    }

    /**
     * Notes that leave something open. Conditions do not as long as both branches were seen: both renderings are alike,
     * or there is a single condition and each rendering takes one branch of it.
     */
    private static List<RenderOutcome.Note> undecided(List<CompiledQuery> queries, Set<RenderOutcome.Note> notes) {
        long conditions = notes.stream()
                .filter(note -> !note.reason().startsWith("a loop"))
                .map(RenderOutcome.Note::reason)
                .distinct()
                .count();
        return notes.stream()
                .filter(note -> note.reason().startsWith("a loop") || (conditions > 1 && queries.size() > 1))
                .toList();
    }

    private RenderOutcome outcome(Node node, Columns columns, boolean assumption) {
        Globals globals = new DbtContext(node.project, node, registry, macros, columns);
        if (node.block != null) {
            return Interpreter.render(node.block, globals, RenderLimits.USUAL, assumption);
        }
        if (node.template == null) {
            return new RenderOutcome.Failed("the file has no template", null);
        }
        return Interpreter.render(node.template, globals, RenderLimits.USUAL, assumption);
    }

    private static CompiledQuery compiled(RenderOutcome.Rendered rendered) {
        RenderedText text = rendered.text();
        return new CompiledQuery(
                text.value(),
                offset -> location(text.originOf(offset)),
                rendered.placeholders().stream()
                        .map(placeholder -> new CompiledQuery.Gap(
                                placeholder.name(),
                                placeholder.reason(),
                                placeholder.reason().endsWith(DbtContext.ONLY_IN_A_RUN),
                                placeholder.columnsOf()))
                        .toList());
    }

    /** The line the node's author wrote, and the macro's line behind it. */
    static SourceLocation location(Origin origin) {
        Origin outermost = origin.outermost();
        SourceLocation through =
                outermost == origin ? null : SourceLocation.of(origin.template().name(), origin.line());
        return new SourceLocation(outermost.template().name(), outermost.line(), through);
    }
}
