package io.tailwater.lineage.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who owns which paths, as a {@code CODEOWNERS} file says; the last rule that matches decides. Reads what Bitbucket Cloud
 * takes (https://support.atlassian.com/bitbucket-cloud/docs/set-up-and-use-code-owners/), with its selections of
 * reviewers ({@code :random(2)}), what its widely used predecessor added (groups defined by {@code @@@name}, quoted
 * names, merge checks), and sections as elsewhere ({@code [name] @owner}).
 */
public final class CodeOwners {
    /** Where the file may be, most telling place first. */
    public static final List<String> PATHS =
            List.of(".bitbucket/CODEOWNERS", "CODEOWNERS", ".github/CODEOWNERS", "docs/CODEOWNERS");

    /** Nobody owns anything. */
    public static final CodeOwners NONE = new CodeOwners(List.of());

    private static final int MOST_RULES = 10_000;

    private final List<Rule> rules;

    private record Rule(List<Glob> paths, List<String> owners) {}

    private CodeOwners(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Reads the text of a file; lines that are no rules are passed over, rules past 10,000 are not read. */
    public static CodeOwners of(String text) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        List<Rule> rules = new ArrayList<>();
        List<String> sectionOwners = List.of();
        for (String line : text.lines().toList()) {
            List<String> words = words(line);
            if (words.isEmpty() || rules.size() >= MOST_RULES) {
                continue;
            }
            String first = words.getFirst();
            if (first.startsWith("@@@")) {
                groups.put(first.substring(3), owners(words.subList(1, words.size()), groups));
            } else if (first.startsWith("[") || first.startsWith("^[")) {
                sectionOwners = owners(words, groups);
            } else if (!isSetting(first) && first.length() < Glob.LONGEST - 4) {
                boolean nobody = first.startsWith("!");
                List<String> named = owners(words.subList(1, words.size()), groups);
                rules.add(new Rule(
                        globs(nobody ? first.substring(1) : first),
                        nobody ? List.of() : named.isEmpty() && words.size() == 1 ? sectionOwners : named));
            }
        }
        return new CodeOwners(rules);
    }

    /** The owners of a path; empty if nobody owns it. */
    public List<String> ownersOf(String path) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).paths().stream().anyMatch(glob -> glob.matches(path))) {
                return rules.get(i).owners();
            }
        }
        return List.of();
    }

    /** Settings of reviewers and merge checks, which own nothing. */
    private static boolean isSetting(String word) {
        return word.startsWith("CODEOWNERS.") || word.startsWith("Check(") || word.startsWith("OverallCheck(");
    }

    private static List<String> owners(List<String> words, Map<String, List<String>> groups) {
        Set<String> owners = new LinkedHashSet<>();
        for (String word : words) {
            String name = word.replaceFirst(":(?:random|least_busy|all)(?:\\(\\d*\\))?$", "");
            boolean group = name.startsWith("@@");
            String plain = name.startsWith("@") ? name.substring(group ? 2 : 1) : name;
            if (group && groups.containsKey(plain)) {
                // a group by its own name: people know it, and it is shorter than its members
                owners.add(plain);
            } else if (!plain.isBlank() && (name.startsWith("@") || name.indexOf('@') > 0)) {
                owners.add(plain);
            }
        }
        return List.copyOf(owners);
    }

    /** Like .gitignore: with a slash inside it begins at the top, otherwise at any depth; a folder means all in it. */
    private static List<Glob> globs(String pattern) {
        String path = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean folder = path.length() < pattern.length();
        boolean rooted = path.indexOf('/') >= 0;
        path = path.startsWith("/") ? path.substring(1) : path;
        if (path.equals("*") && !rooted) {
            return List.of(Glob.ofPath("**"));
        }
        String from = rooted ? path : "**/" + path;
        List<Glob> globs = new ArrayList<>();
        if (!folder) {
            globs.add(Glob.ofPath(from));
        }
        // a star at the end means the files of one folder, everything else may be a folder
        if (folder || !from.endsWith("/*")) {
            globs.add(Glob.ofPath(from + "/**"));
        }
        return globs;
    }

    /** Words of a line up to a comment; a quoted part may hold blanks. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted && word.isEmpty()) {
                break;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }
}
