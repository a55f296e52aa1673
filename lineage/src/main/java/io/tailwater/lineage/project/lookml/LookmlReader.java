package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.bi.DialectGuess;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.sql.SqlOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads LookML projects: views, explores and dashboards. */
public final class LookmlReader implements ProjectReader {
    private static final int MOST_FILES = 20_000;
    private static final String MANIFEST = "manifest.lkml";

    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        ReadingDraft draft = new ReadingDraft(files);
        List<String> paths = files.paths(LookmlReader::isLookml);
        if (paths.size() > MOST_FILES) {
            draft.problem(
                    SourceLocation.of(paths.get(MOST_FILES), 1),
                    "there are " + paths.size() + " LookML files, more than the limit of " + MOST_FILES
                            + "; from this one on they are not analysed");
            paths = paths.subList(0, MOST_FILES);
        }
        Map<String, List<String>> byProject = new LinkedHashMap<>();
        List<String> roots = paths.stream()
                .filter(path -> path.equals(MANIFEST) || path.endsWith("/" + MANIFEST))
                .map(path -> path.substring(0, Math.max(0, path.length() - MANIFEST.length() - 1)))
                .toList();
        paths.forEach(path -> byProject
                .computeIfAbsent(root(path, roots), key -> new ArrayList<>())
                .add(path));
        byProject.forEach((root, inProject) -> project(draft, root, inProject));
        return draft.finish();
    }

    private static boolean isLookml(String path) {
        return path.endsWith(".lkml") || path.endsWith(".lookml");
    }

    /** The nearest folder above with a manifest; the repository's if there is none. */
    private static String root(String path, List<String> roots) {
        String best = "";
        for (String root : roots) {
            if (path.startsWith(root + "/") && root.length() > best.length()) {
                best = root;
            }
        }
        return best;
    }

    private static void project(ReadingDraft draft, String root, List<String> paths) {
        Map<String, LookmlFile> parsed = new LinkedHashMap<>();
        Map<String, String> dashboards = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>();
        for (String path : paths) {
            draft.take(path);
            String text = draft.files().text(path);
            if (text == null) {
                draft.problem(SourceLocation.of(path, 1), draft.files().problem(path));
            } else if (DashboardDatasets.isDashboard(path, text)) {
                dashboards.put(path, text);
            } else if (path.endsWith(".lookml") && text.stripLeading().startsWith("- ")) {
                draft.problem(SourceLocation.of(path, 1), "LookML in its old form, which is YAML, is not analysed");
            } else {
                texts.add(text);
                parsed.put(path, parse(draft, path, text));
            }
        }
        SqlOptions options = SqlOptions.of(DialectGuess.of(texts));
        String repository = draft.files().repository();
        LookmlProject project =
                new LookmlProject(root, parsed, repository.substring(repository.lastIndexOf('/') + 1), draft::problem);
        Catalogue catalogue = new Catalogue(project, draft);
        ViewTables tables = new ViewTables(catalogue, options);
        ViewDatasets views = new ViewDatasets(catalogue, tables, options);
        project.views().forEach(views::build);
        ExploreDatasets explores = new ExploreDatasets(catalogue, options.dialect());
        project.explores().forEach(explores::build);
        dashboards.forEach((path, text) -> new DashboardDatasets(catalogue, path, options.dialect()).build(text));
    }

    private static LookmlFile parse(ReadingDraft draft, String path, String text) {
        Parser.Parsed result = Parser.parse(text);
        LookmlFile file = new LookmlFile(path, draft.files().blobId(path), text, result.nodes());
        result.problems()
                .forEach(
                        problem -> draft.problem(file.at(problem.offset()), "this is not LookML: " + problem.reason()));
        return file;
    }
}
