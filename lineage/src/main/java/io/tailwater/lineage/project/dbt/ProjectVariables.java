package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.YamlValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables of {@code dbt_project.yml}. */
final class ProjectVariables {
    private ProjectVariables() {}

    /** The value of a variable: the project's own section wins over the common one; null if neither has it. */
    static @Nullable Value find(DbtProject project, @Nullable String name, DbtContext context) {
        if (name == null) {
            return null;
        }
        Map<String, YamlValue> variables = project.yaml().entries("vars");
        YamlValue own = variables.get(project.name());
        YamlValue found = own == null ? null : own.get(name);
        if (found == null) {
            found = variables.get(name);
        }
        if (found == null) {
            // configuration version 1 keeps variables below models
            YamlValue models = project.yaml().get("models");
            YamlValue below = models == null ? null : models.get(project.name());
            YamlValue old = below == null ? null : below.get("vars");
            found = old == null ? null : old.get(name);
        }
        return found == null ? null : Values.of(found, text -> TemplatedText.value(text, project.path(), context));
    }
}
