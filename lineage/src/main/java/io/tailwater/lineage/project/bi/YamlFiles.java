package io.tailwater.lineage.project.bi;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The YAML (and JSON, which is YAML) files of an export, read. */
public final class YamlFiles {
    private static final int MOST_FILES = 20_000;

    private YamlFiles() {}

    /**
     * Reads the files of an export. A file that looks like one and is no YAML is listed as a problem.
     *
     * @param draft where problems go; files that are read are taken
     * @param paths which paths may belong to it
     * @param looksLikeOne tells from path and text whether a file belongs to it
     */
    public static Map<String, YamlValue> read(
            ReadingDraft draft, Predicate<String> paths, BiPredicate<String, String> looksLikeOne) {
        Map<String, YamlValue> found = new LinkedHashMap<>();
        SourceTree files = draft.files();
        List<String> candidates = files.paths(path -> paths.test(path) && !files.isTaken(path));
        for (String path : candidates) {
            String text = files.text(path);
            if (text == null || !looksLikeOne.test(path, text)) {
                continue;
            }
            draft.take(path);
            if (found.size() >= MOST_FILES) {
                draft.problem(SourceLocation.of(path, 1), "there are more files than the limit of " + MOST_FILES);
                return found;
            }
            switch (YamlReader.read(text)) {
                case YamlOutcome.Failed failed ->
                    draft.problem(SourceLocation.of(path, Math.max(1, failed.line())), failed.reason());
                case YamlOutcome.Read read -> {
                    if (read.root() != null) {
                        found.put(path, read.root());
                    }
                }
            }
        }
        return found;
    }

    /** Whether a path ends like YAML. */
    public static boolean isYaml(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    /** The line of a key, or of the value if it has none. */
    public static int line(YamlValue yaml, String key) {
        return yaml instanceof YamlValue.Mapping mapping
                ? mapping.keyLines().getOrDefault(key, mapping.line())
                : yaml.line();
    }
}
