package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Globals;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.RenderLimits;
import io.tailwater.lineage.jinja.RenderOutcome;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;

/** Renders short templates that stand in YAML. */
final class TemplatedText {
    private static final RenderLimits LIMITS = new RenderLimits(200_000, 300, 100_000);

    private TemplatedText() {}

    /** The text a template gives, or why it is unknown. */
    static Value value(String template, String path, Globals globals) {
        try {
            RenderOutcome outcome = Interpreter.render(Template.parse(path, template), globals, LIMITS, true);
            return switch (outcome) {
                case RenderOutcome.Rendered rendered ->
                    rendered.placeholders().isEmpty() && rendered.notes().isEmpty()
                            ? Value.Str.of(rendered.text().value())
                            : new Value.Unknown(
                                    rendered.placeholders().isEmpty()
                                            ? rendered.notes().get(0).reason()
                                            : rendered.placeholders().get(0).reason());
                case RenderOutcome.Failed failed -> new Value.Unknown(failed.reason());
            };
        } catch (TemplateException e) {
            return new Value.Unknown(String.valueOf(e.getMessage()));
        }
    }
}
