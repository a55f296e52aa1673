package io.tailwater.launcher.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRepositoriesTest {

    private static final Pattern REFERENCE = Pattern.compile("ref\\('([a-z0-9_]+)'\\)");
    private static final Pattern SOURCE = Pattern.compile("source\\('([a-z]+)', '([a-z_]+)'\\)");

    @TempDir
    private static Path folder;

    private static Map<String, Path> directories;

    @BeforeAll
    static void build() throws IOException {
        directories = DemoRepositories.build(folder);
    }

    @Test
    void aSecondBuildGivesTheSameCommits(@TempDir Path other) throws IOException {
        Map<String, Path> again = DemoRepositories.build(other);
        for (String slug : DemoRepositories.SLUGS) {
            assertThat(branches(again, slug)).isEqualTo(branches(directories, slug));
        }
    }

    @Test
    void everyScenarioIsABranchThatMainHasLeftBehind() throws IOException {
        for (DemoScenario scenario : DemoScenarios.all()) {
            try (Repository repository = open(scenario.repository());
                    RevWalk walk = new RevWalk(repository)) {
                RevCommit head = walk.parseCommit(repository.resolve("refs/heads/" + scenario.branch()));
                RevCommit main = walk.parseCommit(repository.resolve("refs/heads/main"));
                assertThat(head.getShortMessage()).isEqualTo(scenario.title());
                assertThat(head.getTree())
                        .isNotEqualTo(walk.parseCommit(head.getParent(0)).getTree());
                walk.setRevFilter(RevFilter.MERGE_BASE);
                walk.markStart(List.of(head, main));
                assertThat(walk.next()).isNotIn(head, main);
            }
        }
    }

    @Test
    void everyPatchBelongsToAScenario() throws IOException {
        for (String slug : DemoRepositories.SLUGS) {
            Set<String> expected = new TreeSet<>(Set.of("main"));
            DemoScenarios.all().stream()
                    .filter(scenario -> scenario.repository().equals(slug))
                    .forEach(scenario -> expected.add(scenario.branch()));
            assertThat(branches(directories, slug).keySet()).isEqualTo(expected);
        }
    }

    @Test
    void theWarehouseHasFortyOddModelsOnThreeLayers() throws IOException {
        Map<String, String> files = files("warehouse", "main");
        List<String> models = models(files);
        assertThat(models).hasSizeBetween(38, 46);
        assertThat(models).anyMatch(path -> path.startsWith("models/staging/"));
        assertThat(models).anyMatch(path -> path.startsWith("models/intermediate/"));
        assertThat(models).anyMatch(path -> path.startsWith("models/marts/"));
    }

    @Test
    void everyReferenceOfTheWarehouseLeadsSomewhere() throws IOException {
        Map<String, String> files = files("warehouse", "main");
        Set<String> nodes = new TreeSet<>();
        files.keySet().stream()
                .filter(path -> path.endsWith(".sql") && path.startsWith("models/") || path.endsWith(".csv"))
                .forEach(path -> nodes.add(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'))));
        String sources = requireNonNull(files.get("models/sources.yml"));
        files.forEach((path, content) -> {
            Matcher reference = REFERENCE.matcher(content);
            while (reference.find()) {
                assertThat(nodes).as("ref in %s", path).contains(reference.group(1));
            }
            Matcher source = SOURCE.matcher(content);
            while (source.find()) {
                assertThat(sources)
                        .as("source in %s", path)
                        .contains("- name: " + source.group(1) + "\n")
                        .contains("      - name: " + source.group(2) + "\n");
            }
        });
    }

    @Test
    void theShopsSourcesAreTablesThatTheStorefrontMakes() throws IOException {
        String migrations = String.join("\n", files("storefront", "main").values());
        String sources = requireNonNull(files("warehouse", "main").get("models/sources.yml"));
        String shop = sources.substring(sources.indexOf("- name: shop"), sources.indexOf("- name: web"));
        Matcher table = Pattern.compile("\n      - name: ([a-z_]+)\n").matcher(shop);
        List<String> tables = new ArrayList<>();
        while (table.find()) {
            tables.add(table.group(1));
        }
        assertThat(tables).hasSizeGreaterThan(10);
        assertThat(tables).allSatisfy(name -> assertThat(migrations).contains("create table shop." + name + " ("));
        Matcher column = Pattern.compile("\n          - name: ([a-z_]+)").matcher(shop);
        while (column.find()) {
            assertThat(migrations).containsPattern("\\b" + column.group(1) + " ");
        }
    }

    @Test
    void lookerReadsColumnsThatTheMartsDeliver() throws IOException {
        Map<String, String> models = new TreeMap<>();
        files("warehouse", "main")
                .forEach((path, content) -> models.put(path.substring(path.lastIndexOf('/') + 1), content));
        int[] columns = {0};
        files("looker", "main").forEach((path, content) -> {
            Matcher table =
                    Pattern.compile("sql_table_name: analytics\\.([a-z_]+) ").matcher(content);
            if (table.find()) {
                String model = models.get(table.group(1) + ".sql");
                Matcher column = Pattern.compile("\\$\\{TABLE}\\.([a-z_]+)").matcher(content);
                while (column.find()) {
                    assertThat(model).as("%s reads %s", path, column.group(1)).contains(column.group(1));
                    columns[0]++;
                }
            }
        });
        assertThat(columns[0]).isGreaterThan(15);
    }

    @Test
    void aNameIsFoundInWhateverFormAReaderMaySeeIt() {
        DemoScenario scenario = DemoScenarios.all().stream()
                .filter(one -> one.branch().equals("leave-out-test-orders"))
                .findFirst()
                .orElseThrow();
        assertThat(scenario.namesMissingFrom("`stg\\_orders` and the dashboard *Weekly revenue*"))
                .isEmpty();
        assertThat(scenario.namesMissingFrom("`stg_orders` only")).containsExactly("weekly_revenue");
    }

    private static List<String> models(Map<String, String> files) {
        return files.keySet().stream()
                .filter(path -> path.startsWith("models/") && path.endsWith(".sql"))
                .toList();
    }

    private static Map<String, String> branches(Map<String, Path> built, String slug) throws IOException {
        try (Repository repository = new FileRepositoryBuilder()
                .setGitDir(requireNonNull(built.get(slug)).toFile())
                .build()) {
            Map<String, String> branches = new TreeMap<>();
            repository
                    .getRefDatabase()
                    .getRefsByPrefix("refs/heads/")
                    .forEach(ref -> branches.put(
                            ref.getName().substring("refs/heads/".length()),
                            ref.getObjectId().name()));
            return branches;
        }
    }

    private static Map<String, String> files(String slug, String branch) throws IOException {
        try (Repository repository = open(slug);
                RevWalk revisions = new RevWalk(repository);
                TreeWalk walk = new TreeWalk(repository)) {
            ObjectId head = repository.resolve("refs/heads/" + branch);
            walk.addTree(revisions.parseCommit(head).getTree());
            walk.setRecursive(true);
            Map<String, String> files = new TreeMap<>();
            while (walk.next()) {
                files.put(
                        walk.getPathString(),
                        new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8));
            }
            return files;
        }
    }

    private static Repository open(String slug) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(requireNonNull(directories.get(slug)).toFile())
                .build();
    }
}
