package io.tailwater.lineage.project.lookml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which files see which, by their {@code include} parameters. */
final class Includes {
    private static final int MOST_STARS = 8;
    private static final int LONGEST = 500;

    private final String root;
    private final Map<String, LookmlFile> files;
    private final Map<String, Set<String>> direct = new HashMap<>();
    private final Map<String, Set<String>> remote = new HashMap<>();
    private final Map<String, Set<String>> closures = new HashMap<>();

    /**
     * The includes of one LookML project.
     *
     * @param root folder of the project, empty for that of the repository
     * @param files its files by path
     */
    Includes(String root, Map<String, LookmlFile> files) {
        this.root = root;
        this.files = files;
        files.forEach((path, file) -> {
            for (Node node : file.nodes()) {
                if (node.key().equals("include")) {
                    if (node.text() != null) {
                        add(path, node.text());
                    }
                    node.children().forEach(item -> add(path, item.key()));
                }
            }
        });
    }

    private void add(String path, String written) {
        long stars = written.chars().filter(c -> c == '*').count();
        if (stars > MOST_STARS || written.length() > LONGEST) {
            return;
        }
        if (written.startsWith("//")) {
            remote.computeIfAbsent(path, key -> new LinkedHashSet<>()).add(written.substring(2));
            return;
        }
        Set<String> found = direct.computeIfAbsent(path, key -> new LinkedHashSet<>());
        List<Pattern> patterns = new ArrayList<>();
        String fromRoot = root.isEmpty() ? "" : root + "/";
        if (written.startsWith("/")) {
            patterns.add(glob(fromRoot + written.substring(1)));
        } else {
            int slash = path.lastIndexOf('/');
            patterns.add(glob(slash < 0 ? written : path.substring(0, slash + 1) + written));
            patterns.add(glob(fromRoot + written));
        }
        for (String other : files.keySet()) {
            for (Pattern pattern : patterns) {
                if (pattern.matcher(other).matches()) {
                    found.add(other);
                    break;
                }
            }
        }
    }

    /** A pattern of paths; the ending may be left out. */
    private static Pattern glob(String written) {
        String plain = written.replaceAll("(^|/)\\./", "$1");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (plain.startsWith("**/", i)) {
                out.append("(?:[^/]*+/)*");
                i += 2;
            } else if (plain.startsWith("**", i)) {
                out.append(".*");
                i++;
            } else if (c == '*') {
                out.append("[^/]*");
            } else {
                out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(out + "(?:\\.lkml|\\.lookml|\\.view\\.lkml)?");
    }

    /** The file itself and what it includes, directly or not. */
    Set<String> closure(String path) {
        Set<String> known = closures.get(path);
        if (known != null) {
            return known;
        }
        Set<String> seen = new LinkedHashSet<>(List.of(path));
        List<String> open = new ArrayList<>(seen);
        while (!open.isEmpty()) {
            for (String next : direct.getOrDefault(open.remove(open.size() - 1), Set.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        closures.put(path, seen);
        return seen;
    }

    /** Files of other projects that a file, or what it includes, names: project, slash, pattern. */
    Set<String> remote(String path) {
        Set<String> found = new LinkedHashSet<>();
        closure(path).forEach(each -> found.addAll(remote.getOrDefault(each, Set.of())));
        return found;
    }
}
