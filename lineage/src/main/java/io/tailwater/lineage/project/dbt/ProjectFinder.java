package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.YamlOutcome;
import io.tailwater.lineage.project.YamlReader;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the dbt projects of a repository. */
final class ProjectFinder {
    private final SourceTree files;
    private final List<Unresolved> unresolved = new ArrayList<>();

    ProjectFinder(SourceTree files) {
        this.files = files;
    }

    List<DbtProject> find() {
        ProfileFinder profiles = new ProfileFinder(files);
        List<DbtProject> projects = new ArrayList<>();
        for (String path : files.paths(path -> path.equals("dbt_project.yml") || path.endsWith("/dbt_project.yml"))) {
            YamlValue yaml = read(path);
            if (yaml == null) {
                continue;
            }
            String folder = path.equals("dbt_project.yml")
                    ? ""
                    : path.substring(0, path.length() - "/dbt_project.yml".length());
            String name = yaml.text("name");
            boolean installed = path.contains("/dbt_packages/")
                    || path.contains("/dbt_modules/")
                    || path.startsWith("dbt_packages/")
                    || path.startsWith("dbt_modules/");
            String profileName = yaml.text("profile");
            TargetProfile profile = profiles.profile(profileName == null ? name : profileName, folder);
            DialectChoice dialect = profiles.dialect(profile, yaml, folder);
            String called = name == null ? folder : name;
            projects.add(new DbtProject(
                    folder,
                    called,
                    withVariables(yaml, called, files.config().dbtVars()),
                    dialect,
                    profile,
                    installed));
        }
        return distinctlyNamed(projects);
    }

    /** The project file with variables that are given from outside: they win over all of its own. */
    private static YamlValue withVariables(YamlValue yaml, String project, Map<String, YamlValue> given) {
        if (given.isEmpty() || !(yaml instanceof YamlValue.Mapping mapping)) {
            return yaml;
        }
        Map<String, YamlValue> own = new LinkedHashMap<>();
        YamlValue section = mapping.entries().get("vars");
        if (section != null) {
            own.putAll(section.entries(project));
        }
        own.putAll(given);
        Map<String, YamlValue> variables = new LinkedHashMap<>(mapping.entries("vars"));
        variables.putAll(given);
        variables.put(project, new YamlValue.Mapping(own, Map.of(), 1));
        Map<String, YamlValue> entries = new LinkedHashMap<>(mapping.entries());
        entries.put("vars", new YamlValue.Mapping(variables, Map.of(), 1));
        return new YamlValue.Mapping(entries, mapping.keyLines(), mapping.line());
    }

    private static List<DbtProject> distinctlyNamed(List<DbtProject> projects) {
        List<DbtProject> result = new ArrayList<>();
        for (DbtProject project : projects) {
            boolean taken = result.stream().anyMatch(other -> other.name().equals(project.name()));
            result.add(
                    !taken
                            ? project
                            : new DbtProject(
                                    project.folder(),
                                    project.name() + "@" + project.folder(),
                                    project.yaml(),
                                    project.dialect(),
                                    project.profile(),
                                    project.installed()));
        }
        return result;
    }

    private @org.jspecify.annotations.Nullable YamlValue read(String path) {
        String text = files.text(path);
        if (text == null) {
            unresolved.add(new Unresolved(SourceLocation.of(path, 1), files.problem(path), null, null));
            return null;
        }
        return switch (YamlReader.read(text)) {
            case YamlOutcome.Read read ->
                read.root() == null ? new YamlValue.Mapping(Map.of(), Map.of(), 1) : read.root();
            case YamlOutcome.Failed failed -> {
                unresolved.add(new Unresolved(
                        SourceLocation.of(path, Math.max(1, failed.line())), failed.reason(), null, null));
                yield null;
            }
        };
    }

    List<Unresolved> unresolved() {
        return unresolved;
    }
}
