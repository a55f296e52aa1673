package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code dbt_project.yml}.
 *
 * @param folder folder of the project, {@code ""} for the repository's top
 * @param name name of the project
 * @param yaml the file
 * @param dialect SQL dialect of the project and how it was found
 * @param profile what is known of the target
 * @param installed whether this is an installed package inside another project, of which only the macros count
 */
record DbtProject(
        String folder, String name, YamlValue yaml, DialectChoice dialect, TargetProfile profile, boolean installed) {
    /** The path of the project file. */
    String path() {
        return inside("dbt_project.yml");
    }

    /** A path of the project as a path of the repository. */
    String inside(String path) {
        return folder.isEmpty() ? path : folder + "/" + path;
    }

    List<String> modelPaths() {
        return paths("models", "model-paths", "source-paths");
    }

    List<String> seedPaths() {
        return yaml.get("data-paths") != null
                ? paths("data", "seed-paths", "data-paths")
                : paths("seeds", "seed-paths", "data-paths");
    }

    List<String> snapshotPaths() {
        return paths("snapshots", "snapshot-paths");
    }

    List<String> testPaths() {
        return paths("tests", "test-paths");
    }

    List<String> analysisPaths() {
        return paths("analyses", "analysis-paths");
    }

    List<String> macroPaths() {
        return paths("macros", "macro-paths");
    }

    private List<String> paths(String usual, String... keys) {
        List<String> found = new ArrayList<>();
        for (String key : keys) {
            for (String path : yaml.texts(key)) {
                String inRepository = resolved(path);
                if (inRepository != null) {
                    found.add(inRepository);
                }
            }
        }
        return found.isEmpty() ? List.of(inside(usual)) : found;
    }

    /** A folder that the project file names, which may lie beside the project; null where it leads out of the repository. */
    private @Nullable String resolved(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : inside(path).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return null;
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    /**
     * The configuration that {@code dbt_project.yml} gives to a resource: the entries on the way from its kind's section
     * down to it, nearer ones winning.
     *
     * @param section {@code models}, {@code seeds}, {@code snapshots}, {@code sources} or {@code tests}
     * @param path folders below the section's path and the resource's name
     */
    Map<String, YamlValue> config(String section, List<String> path) {
        Map<String, YamlValue> config = new LinkedHashMap<>();
        YamlValue level = yaml.get(section);
        collect(level, config);
        YamlValue own = level == null ? null : level.get(name);
        collect(own, config);
        YamlValue direct = level;
        for (String part : path) {
            own = own == null ? null : own.get(part);
            collect(own, config);
            // dbt 0.x style, and single-project shorthand: folders right below the section
            direct = direct == null || part.equals(name) ? null : direct.get(part);
            collect(direct, config);
        }
        return config;
    }

    private static void collect(@Nullable YamlValue level, Map<String, YamlValue> config) {
        if (level instanceof YamlValue.Mapping mapping) {
            mapping.entries().forEach((key, value) -> {
                if (key.startsWith("+")) {
                    config.put(key.substring(1), value);
                } else if (!(value instanceof YamlValue.Mapping)) {
                    config.put(key, value);
                }
            });
        }
    }

    /** Cheap: the record's own one would walk the whole file, and projects are keys. */
    @Override
    public int hashCode() {
        return folder.hashCode();
    }
}
