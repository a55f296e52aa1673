package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The views and explores of one LookML project, with what refines and extends them put in. */
final class LookmlProject {
    private static final int MOST_EXTENDS = 50;

    private final String name;
    private final Includes includes;
    private final Map<String, String> constants = new HashMap<>();
    private final Map<String, Set<String>> modelsSeeing = new HashMap<>();
    private final Map<String, List<Definition>> views = new LinkedHashMap<>();
    private final Map<String, List<Definition>> explores = new LinkedHashMap<>();
    private final Map<String, Set<String>> aliases = new HashMap<>();
    private final Set<String> dependencies = new LinkedHashSet<>();
    private final BiConsumer<SourceLocation, String> problems;

    /** A view or explore. */
    static final class Definition {
        final String id;
        final String name;
        /** As written, with refinements. */
        final Part own;
        /** Whether only refinements are here, and what they refine is imported. */
        final boolean refinesImported;
        /** With everything it extends below it. */
        Part whole;
        /** What it extends, as far as found. */
        final List<Definition> parents = new ArrayList<>();

        boolean extended;
        private boolean resolved;

        Definition(String id, String name, Part own, boolean refinesImported) {
            this.id = id;
            this.name = name;
            this.own = own;
            this.whole = own;
            this.refinesImported = refinesImported;
        }

        String path() {
            return own.place.file().path();
        }
    }

    /**
     * Puts a project together.
     *
     * @param root its folder, empty for the repository's
     * @param files its files
     * @param fallbackName its name if no manifest gives one
     * @param problems hears what does not fit
     */
    LookmlProject(
            String root,
            Map<String, LookmlFile> files,
            String fallbackName,
            BiConsumer<SourceLocation, String> problems) {
        this.includes = new Includes(root, files);
        this.problems = problems;
        String named = fallbackName;
        for (LookmlFile file : files.values()) {
            for (Node node : file.nodes()) {
                if (node.key().equals("project_name") && node.text() != null) {
                    named = node.text();
                }
            }
        }
        this.name = named;
        files.values().forEach(this::readGlobals);
        files.keySet().stream()
                .filter(path -> path.endsWith(".model.lkml"))
                .forEach(path -> includes.closure(path)
                        .forEach(seen -> modelsSeeing
                                .computeIfAbsent(seen, key -> new LinkedHashSet<>())
                                .add(path)));
        collect(files, "view", views);
        collect(files, "explore", explores);
        views.values().forEach(all -> all.forEach(each -> resolve(each, views, new ArrayList<>())));
        explores.values().forEach(all -> all.forEach(each -> resolve(each, explores, new ArrayList<>())));
        explores.values().forEach(all -> all.forEach(this::readAliases));
    }

    private void readGlobals(LookmlFile file) {
        for (Node node : file.nodes()) {
            String text = node.text();
            if (node.key().equals("constant") && text != null) {
                Node value = node.child("value");
                if (value != null && value.text() != null) {
                    constants.put(text, value.text());
                }
            }
            if (node.key().equals("local_dependency") || node.key().equals("remote_dependency")) {
                Node project = node.child("project");
                String dependency = project != null ? project.text() : text;
                if (dependency != null) {
                    dependencies.add(dependency);
                }
            }
        }
    }

    private static void collect(Map<String, LookmlFile> files, String kind, Map<String, List<Definition>> into) {
        Map<String, List<Part>> bases = new LinkedHashMap<>();
        Map<String, List<Part>> refinements = new LinkedHashMap<>();
        for (LookmlFile file : files.values()) {
            for (Node node : file.nodes()) {
                String written = node.text();
                if (node.key().equals(kind) && written != null && node.shape() == Node.Shape.BLOCK) {
                    boolean refines = written.startsWith("+");
                    String plain = refines ? written.substring(1) : written;
                    (refines ? refinements : bases)
                            .computeIfAbsent(plain, key -> new ArrayList<>())
                            .add(Part.of(node, plain, file));
                }
            }
        }
        bases.forEach((plain, parts) -> {
            for (Part part : parts) {
                Part refined = part;
                for (Part refinement : refinements.getOrDefault(plain, List.of())) {
                    refined = refined.with(refinement);
                }
                String id = "lookml_" + kind + "." + plain
                        + (parts.size() > 1 ? "@" + part.place.file().path() : "");
                into.computeIfAbsent(plain, key -> new ArrayList<>()).add(new Definition(id, plain, refined, false));
            }
        });
        refinements.forEach((plain, parts) -> {
            if (!bases.containsKey(plain)) {
                Part all = parts.get(0);
                for (Part part : parts.subList(1, parts.size())) {
                    all = all.with(part);
                }
                into.put(
                        plain,
                        new ArrayList<>(List.of(new Definition("lookml_" + kind + "." + plain, plain, all, true))));
            }
        });
    }

    /** Puts what a definition extends below it. */
    private void resolve(Definition definition, Map<String, List<Definition>> all, List<Definition> path) {
        if (definition.resolved) {
            return;
        }
        path.add(definition);
        Part below = null;
        for (Part.Attribute item : definition.own.items("extends")) {
            String parentName =
                    item.node().shape() == Node.Shape.ITEM ? item.node().key() : item.text();
            Definition parent = among(all.getOrDefault(parentName, List.of()), definition.path());
            if (parent == null || parent == definition) {
                if (!mayBeImported(definition.path())) {
                    problems.accept(
                            item.location(), "there is no " + definition.own.kind + " " + parentName + " to extend");
                }
                continue;
            }
            if (path.contains(parent) || path.size() > MOST_EXTENDS) {
                problems.accept(
                        item.location(), definition.name + " extends " + parentName + ", which extends it in turn");
                continue;
            }
            resolve(parent, all, path);
            parent.extended = true;
            definition.parents.add(parent);
            below = below == null ? parent.whole : below.with(parent.whole);
        }
        if (below != null) {
            definition.whole = below.standingFor(definition.own).with(definition.own);
        }
        definition.resolved = true;
        path.remove(path.size() - 1);
    }

    private void readAliases(Definition explore) {
        Map<String, String> found = new HashMap<>();
        ExploreScope.aliases(explore.whole, explore.name).forEach((alias, used) -> found.put(alias, used.view()));
        found.forEach((alias, view) ->
                aliases.computeIfAbsent(alias, key -> new LinkedHashSet<>()).add(view));
    }

    /** Of definitions of one name the one that a file sees: itself, through its includes, or through a model that includes both. */
    @Nullable
    Definition among(List<Definition> candidates, String path) {
        if (candidates.size() <= 1) {
            return candidates.isEmpty() ? null : candidates.get(0);
        }
        List<Set<String>> scopes = new ArrayList<>(List.of(Set.of(path), includes.closure(path)));
        modelsSeeing.getOrDefault(path, Set.of()).forEach(model -> scopes.add(includes.closure(model)));
        for (Set<String> scope : scopes) {
            for (Definition candidate : candidates) {
                if (scope.contains(candidate.path())) {
                    return candidate;
                }
            }
        }
        return candidates.get(0);
    }

    /** The view of that name as a file sees it; null if there is none here. */
    @Nullable
    Definition view(String viewName, String path) {
        return among(views.getOrDefault(viewName, List.of()), path);
    }

    /** The views that a name stands for in explores where it is the name of a join. */
    List<Definition> viewsAliased(String alias, String path) {
        List<Definition> found = new ArrayList<>();
        for (String viewName : aliases.getOrDefault(alias, Set.of())) {
            Definition view = view(viewName, path);
            if (view != null) {
                found.add(view);
            }
        }
        return found;
    }

    /** Whether a name is used for a join of any explore. */
    boolean isAlias(String alias) {
        return aliases.containsKey(alias);
    }

    /** The explore of that name; of several the one in that model. */
    @Nullable
    Definition explore(String exploreName, @Nullable String model) {
        List<Definition> candidates = explores.getOrDefault(exploreName, List.of());
        for (Definition candidate : candidates) {
            if (model != null && models(candidate.path()).contains(model)) {
                return candidate;
            }
        }
        return candidates.isEmpty() ? null : candidates.get(0);
    }

    /** Names of the models that see a file. */
    Set<String> models(String path) {
        Set<String> found = new LinkedHashSet<>();
        for (String model : modelsSeeing.getOrDefault(path, Set.of())) {
            String file = model.substring(model.lastIndexOf('/') + 1);
            found.add(file.substring(0, file.length() - ".model.lkml".length()));
        }
        return found;
    }

    /** Whether a model of that name is in the project. */
    boolean hasModel(String model) {
        Set<String> all = new HashSet<>();
        modelsSeeing.keySet().forEach(path -> all.addAll(models(path)));
        return all.contains(model);
    }

    /** Whether what a file does not find may come from another project. */
    boolean mayBeImported(String path) {
        if (!includes.remote(path).isEmpty()) {
            return true;
        }
        return modelsSeeing.getOrDefault(path, Set.of()).stream()
                .anyMatch(model -> !includes.remote(model).isEmpty());
    }

    /** The project a view may be imported from: the one whose file is named like it, else the only one; null if that cannot be told. */
    @Nullable
    String importedFrom(String viewName, String path) {
        Set<String> patterns = new LinkedHashSet<>(includes.remote(path));
        modelsSeeing.getOrDefault(path, Set.of()).forEach(model -> patterns.addAll(includes.remote(model)));
        Set<String> projects = new LinkedHashSet<>();
        for (String pattern : patterns) {
            String project = pattern.substring(0, Math.max(0, pattern.indexOf('/')));
            projects.add(project);
            String file = pattern.substring(pattern.lastIndexOf('/') + 1);
            if (file.startsWith(viewName + ".")) {
                return project;
            }
        }
        return projects.size() == 1 ? projects.iterator().next() : null;
    }

    String name() {
        return name;
    }

    Map<String, String> constants() {
        return constants;
    }

    Set<String> dependencies() {
        return dependencies;
    }

    List<Definition> views() {
        return views.values().stream().flatMap(List::stream).toList();
    }

    List<Definition> explores() {
        return explores.values().stream().flatMap(List::stream).toList();
    }
}
