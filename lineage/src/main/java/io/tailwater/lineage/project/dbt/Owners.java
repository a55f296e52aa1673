package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns something, as the project's files say. */
final class Owners {
    private Owners() {}

    /** Owners named by declarations, nearest first. */
    static List<String> of(@Nullable YamlValue... declarations) {
        Set<String> owners = new LinkedHashSet<>();
        for (YamlValue declaration : declarations) {
            if (declaration == null) {
                continue;
            }
            add(declaration.get("owner"), owners);
            YamlValue meta = declaration.get("meta");
            add(meta == null ? null : meta.get("owner"), owners);
            YamlValue config = declaration.get("config");
            YamlValue configMeta = config == null ? null : config.get("meta");
            add(configMeta == null ? null : configMeta.get("owner"), owners);
            if (!owners.isEmpty()) {
                break;
            }
        }
        return new ArrayList<>(owners);
    }

    /** Owners of a node: its meta data, else its group. */
    static List<String> of(Node node, Map<String, Properties.Declared> groups) {
        Set<String> owners = new LinkedHashSet<>();
        if (node.config.get("meta") instanceof Value.Dict meta && meta.get("owner") instanceof Value.Str owner) {
            owners.add(owner.value());
        }
        if (owners.isEmpty() && node.declared != null) {
            owners.addAll(of(node.declared.yaml()));
        }
        String group = node.configText("group");
        Properties.Declared declared = group == null ? null : groups.get(group);
        if (owners.isEmpty() && declared != null) {
            owners.addAll(of(declared.yaml()));
        }
        return List.copyOf(owners);
    }

    private static void add(@Nullable YamlValue owner, Set<String> owners) {
        if (owner instanceof YamlValue.Scalar scalar && !scalar.text().isBlank()) {
            owners.add(scalar.text());
        } else if (owner instanceof YamlValue.Sequence sequence) {
            sequence.items().forEach(item -> add(item, owners));
        } else if (owner instanceof YamlValue.Mapping mapping) {
            String name = mapping.text("name");
            String email = mapping.text("email");
            if (name != null) {
                owners.add(name);
            } else if (email != null) {
                owners.add(email);
            }
        }
    }
}
