package io.tailwater.lineage.project.python;

import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.python.PythonLimits;
import io.tailwater.lineage.python.PythonModule;
import io.tailwater.lineage.python.PythonParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Python files of a revision, and which of them an import means. */
final class Modules {
    private final SourceTree files;
    private final Map<String, PythonModule> parsed = new HashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();

    Modules(SourceTree files) {
        this.files = files;
        for (String path : files.paths(path -> path.endsWith(".py"))) {
            byName.computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), name -> new java.util.ArrayList<>())
                    .add(path);
        }
    }

    /** The tree of a file; null if it has no text. */
    @Nullable
    PythonModule parse(String path) {
        PythonModule known = parsed.get(path);
        if (known == null) {
            String text = files.text(path);
            if (text == null) {
                return null;
            }
            known = PythonParser.parse(text, PythonLimits.DEFAULT);
            parsed.put(path, known);
        }
        return known;
    }

    SourceTree files() {
        return files;
    }

    /**
     * The file of a module; null if it is not in the repository, or if several could be meant.
     *
     * @param from the file that imports it
     * @param level dots in front of its name
     * @param name dotted name
     */
    @Nullable
    String find(String from, int level, String name) {
        String relative = name.replace('.', '/');
        if (level > 0) {
            String folder = folder(from);
            for (int i = 1; i < level; i++) {
                folder = folder(folder);
            }
            return file(folder, relative);
        }
        for (String folder = folder(from); ; folder = folder(folder)) {
            String found = file(folder, relative);
            if (found != null) {
                return found;
            }
            if (folder.isEmpty()) {
                break;
            }
        }
        return onlyOne(relative);
    }

    private @Nullable String onlyOne(String relative) {
        String last = relative.substring(relative.lastIndexOf('/') + 1);
        List<String> candidates = byName.getOrDefault(last + ".py", List.of()).stream()
                .filter(path -> path.endsWith("/" + relative + ".py"))
                .toList();
        return relative.indexOf('/') > 0 && candidates.size() == 1 ? candidates.getFirst() : null;
    }

    private @Nullable String file(String folder, String relative) {
        String base = folder.isEmpty() || relative.isEmpty() ? folder + relative : folder + "/" + relative;
        if (!relative.isEmpty() && files.has(base + ".py")) {
            return base + ".py";
        }
        String initial = base.isEmpty() ? "__init__.py" : base + "/__init__.py";
        return files.has(initial) ? initial : null;
    }

    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
