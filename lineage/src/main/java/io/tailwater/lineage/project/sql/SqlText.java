package io.tailwater.lineage.project.sql;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.jinja.Globals;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.RenderLimits;
import io.tailwater.lineage.jinja.RenderOutcome;
import io.tailwater.lineage.jinja.RenderedText;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.CompiledQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of an SQL file as it may run: placeholders named {@code ${name}} whatever templating they come from, templates
 * rendered, every character with its line in the file.
 *
 * @param variants what may run: two where a condition that only a run can answer leads to different texts
 * @param unresolved what could not be rendered
 */
record SqlText(List<CompiledQuery> variants, List<Unresolved> unresolved) {
    private static final String UNKNOWN = " is known only when the file runs";

    SqlText {
        variants = List.copyOf(variants);
        unresolved = List.copyOf(unresolved);
    }

    /** Reads the text of a file. */
    static SqlText of(String path, String written) {
        Placeholders placeholders = Placeholders.in(path, written);
        String text = placeholders.text();
        if (!Placeholders.isTemplate(text)) {
            return new SqlText(List.of(plain(path, text)), placeholders.unresolved());
        }
        List<Unresolved> unresolved = new ArrayList<>(placeholders.unresolved());
        List<CompiledQuery> variants = new ArrayList<>();
        try {
            Template template = Template.parse(path, text);
            for (boolean assumption : new boolean[] {false, true}) {
                render(path, template, assumption, variants, unresolved);
            }
        } catch (TemplateException e) {
            unresolved.add(new Unresolved(
                    SourceLocation.of(path, 1), "the template cannot be read: " + e.getMessage(), null, null));
        }
        if (variants.isEmpty()) {
            variants.add(plain(path, Placeholders.withoutTags(text)));
        }
        return new SqlText(variants, unresolved.stream().distinct().toList());
    }

    private static void render(
            String path,
            Template template,
            boolean assumption,
            List<CompiledQuery> variants,
            List<Unresolved> unresolved) {
        switch (Interpreter.render(template, new OnlyTheFile(), RenderLimits.USUAL, assumption)) {
            case RenderOutcome.Rendered rendered -> {
                RenderedText text = rendered.text();
                if (variants.stream().noneMatch(known -> known.sql().equals(text.value()))) {
                    variants.add(new CompiledQuery(
                            text.value(),
                            offset -> SourceLocation.of(
                                    path, text.originOf(offset).outermost().line()),
                            rendered.placeholders().stream()
                                    .map(gap -> new CompiledQuery.Gap(gap.name(), gap.reason(), true, null))
                                    .toList()));
                }
                rendered.notes().stream()
                        .filter(note -> note.reason().startsWith("a loop"))
                        .forEach(note -> unresolved.add(new Unresolved(
                                SourceLocation.of(
                                        path, note.origin().outermost().line()),
                                note.reason(),
                                null,
                                null)));
            }
            case RenderOutcome.Failed failed -> {
                int line = failed.origin() == null
                        ? 1
                        : failed.origin().outermost().line();
                unresolved.add(new Unresolved(
                        SourceLocation.of(path, line),
                        "the template cannot be rendered: " + failed.reason(),
                        null,
                        null));
            }
        }
    }

    /** A text that runs as it is written. */
    private static CompiledQuery plain(String path, String text) {
        int[] starts = lineStarts(text);
        return new CompiledQuery(text, offset -> SourceLocation.of(path, lineOf(starts, offset)), List.of());
    }

    private static int[] lineStarts(String text) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int lineOf(int[] lineStarts, int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Names mean nothing beyond what the file itself defines: what fills them is unknown. */
    private static final class OnlyTheFile implements Globals {
        private final Map<String, Value> known = new LinkedHashMap<>();

        @Override
        public @Nullable Value lookup(String name, Template from) {
            return known.get(name);
        }

        @Override
        public Value missing(String name) {
            Function<String, Value> unknown = each -> new Value.Unknown(each + UNKNOWN);
            return known.computeIfAbsent(name, unknown);
        }
    }
}
