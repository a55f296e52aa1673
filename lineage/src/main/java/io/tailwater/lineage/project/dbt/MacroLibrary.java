package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.jinja.Interpreter;
import io.tailwater.lineage.jinja.MacroDefinition;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.TemplateException;
import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Macros by package: those of the repository's projects, and own versions of what widely used packages offer. */
final class MacroLibrary {
    /** Packages of which this library has own versions, in the order unqualified names are looked up. */
    private static final List<String> OWN_PACKAGES =
            List.of("dbt", "dbt_utils", "dbt_date", "dbt_expectations", "fivetran_utils");

    private final Map<String, Map<String, Value.Function>> packages = new LinkedHashMap<>();
    private final Map<String, Map<String, MacroDefinition>> definitions = new HashMap<>();
    /** By the template itself: projects may share a folder of macros, and each looks names up for itself. */
    private final Map<Template, String> packageByTemplate = new IdentityHashMap<>();

    private final List<Unresolved> unresolved = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();

    MacroLibrary() {
        for (String name : OWN_PACKAGES) {
            String path = "packages/" + name + ".sql";
            add(name, path, resource(path));
        }
    }

    private static String resource(String path) {
        try (InputStream stream = MacroLibrary.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("the resource " + path + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all macros of a project, test definitions among its tests included. */
    void addProject(SourceTree files, DbtProject project) {
        List<String> folders = new ArrayList<>(project.macroPaths());
        project.testPaths().forEach(folder -> folders.add(folder + "/generic"));
        for (String folder : folders) {
            for (String path : files.pathsIn(folder, ".sql")) {
                String text = files.text(path);
                paths.add(path);
                if (text == null) {
                    unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
                } else {
                    add(project.name(), path, text);
                }
            }
        }
    }

    private void add(String packageName, String path, String text) {
        try {
            add(packageName, Template.parse(path, text));
        } catch (TemplateException e) {
            addOneByOne(packageName, path, text);
        }
    }

    /** As dbt reads such a file: what is around its macros is no matter, and a macro that cannot be read costs itself. */
    private void addOneByOne(String packageName, String path, String text) {
        for (String macro : MacroBlocks.of(text)) {
            try {
                add(packageName, Template.parse(path, macro));
            } catch (TemplateException e) {
                int line = e.origin() == null ? 1 : e.origin().line();
                unresolved.add(new Unresolved(
                        SourceLocation.of(path, line), "a macro here is unknown: " + e.getMessage(), null, null));
            }
        }
    }

    private void add(String packageName, Template template) {
        packageByTemplate.put(template, packageName);
        Map<String, Value.Function> macros = packages.computeIfAbsent(packageName, name -> new HashMap<>());
        for (MacroDefinition macro : template.macros()) {
            macros.put(macro.name(), Interpreter.macro(macro));
            definitions.computeIfAbsent(packageName, name -> new HashMap<>()).put(macro.name(), macro);
        }
    }

    /** The package a template belongs to; null for the templates of nodes. */
    @Nullable
    String packageOf(Template template) {
        return packageByTemplate.get(template);
    }

    /** A macro by its bare name: first in the package that asks, then in the root project, then what dbt itself offers. */
    Value.@Nullable Function find(@Nullable String asking, String root, String name) {
        Value.Function found = asking == null ? null : inPackage(asking, name);
        if (found == null) {
            found = inPackage(root, name);
        }
        return found == null ? inPackage("dbt", name) : found;
    }

    /** A macro of a package; null if it has none of that name. */
    Value.@Nullable Function inPackage(String packageName, String name) {
        Map<String, Value.Function> macros = packages.get(packageName);
        return macros == null ? null : macros.get(name);
    }

    /** A macro of a project as written; null if it has none of that name. */
    @Nullable
    MacroDefinition definition(String packageName, String name) {
        return definitions.getOrDefault(packageName, Map.of()).get(name);
    }

    boolean hasPackage(String name) {
        return packages.containsKey(name);
    }

    /** What {@code adapter.dispatch} finds: the adapter's own version of a macro, or the default one. */
    Value.@Nullable Function dispatch(String name, @Nullable String macroNamespace, String root, String adapter) {
        List<String> searched = new ArrayList<>(List.of(root));
        if (macroNamespace != null) {
            searched.add(macroNamespace);
        }
        searched.add("dbt");
        for (String packageName : searched) {
            for (String prefix : List.of(adapter + "__", "default__")) {
                Value.Function found = inPackage(packageName, prefix + name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    List<Unresolved> unresolved() {
        return unresolved;
    }

    List<String> paths() {
        return paths;
    }
}
