package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The versions that property files declare of models: which file holds which, and which one a plain {@code ref} means. */
final class ModelVersions {
    /**
     * One version of a model.
     *
     * @param model name of the model
     * @param number the version as written, e.g. {@code 2}
     * @param latest whether {@code ref} without a version means it
     * @param declared the model's declaration
     * @param yaml the version's own entry
     */
    record Version(String model, String number, boolean latest, Properties.Declared declared, YamlValue yaml) {
        /** The relation's name unless an alias is given. */
        String alias() {
            return model + "_v" + number;
        }
    }

    private final Map<String, Version> byFile = new HashMap<>();
    private final Map<String, List<Version>> byModel = new LinkedHashMap<>();

    static ModelVersions of(Properties properties) {
        ModelVersions versions = new ModelVersions();
        properties.resources().values().forEach(versions::add);
        return versions;
    }

    private void add(Properties.Declared declared) {
        List<YamlValue> entries = declared.yaml().items("versions").stream()
                .filter(entry -> entry.text("v") != null)
                .toList();
        if (entries.isEmpty()) {
            return;
        }
        String given = declared.yaml().text("latest_version");
        String latest = given != null ? given : newest(entries);
        for (YamlValue entry : entries) {
            String number = String.valueOf(entry.text("v"));
            Version version = new Version(declared.name(), number, number.equals(latest), declared, entry);
            String file = entry.text("defined_in");
            byFile.put(file != null ? file : version.alias(), version);
            byModel.computeIfAbsent(declared.name(), name -> new ArrayList<>()).add(version);
        }
    }

    private static String newest(List<YamlValue> entries) {
        return entries.stream()
                .map(entry -> String.valueOf(entry.text("v")))
                .max(Comparator.comparingDouble(ModelVersions::number).thenComparing(Comparator.naturalOrder()))
                .orElse("");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NEGATIVE_INFINITY;
        }
    }

    /** The version that a file of that name holds; null if it holds none. The model's own file name is its latest version's other name. */
    @Nullable
    Version inFile(String name, boolean otherFileExists) {
        Version version = byFile.get(name);
        if (version != null || otherFileExists) {
            return version;
        }
        return byModel.getOrDefault(name, List.of()).stream()
                .filter(Version::latest)
                .findFirst()
                .orElse(null);
    }

    /** The versions of a model; none if it is not versioned. */
    List<Version> of(String model) {
        return byModel.getOrDefault(model, List.of());
    }
}
