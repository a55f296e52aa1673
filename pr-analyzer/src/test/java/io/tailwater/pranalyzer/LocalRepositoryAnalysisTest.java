package io.tailwater.pranalyzer;

import static io.tailwater.pranalyzer.git.GitFixture.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.pranalyzer.cache.DiskCache;
import io.tailwater.pranalyzer.git.GitFixture;
import io.tailwater.pranalyzer.git.LocalRepository;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryAnalysisTest {
    private static final LocalDate TODAY = LocalDate.of(2031, 1, 2);
    private static final LocalRepositoryAnalysis ANALYSIS =
            new LocalRepositoryAnalysis(Optional.empty(), Duration.ofMinutes(5));

    @TempDir
    private Path folder;

    @Test
    void comparesMergeBaseWithHead() throws Exception {
        Path directory = folder.resolve("shop.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            ObjectId root = git.commit(files("dbt_project.yml", "name: shop\n")
                    .file("models/orders.sql", "select id, amount from raw.orders"));
            ObjectId main = git.commit(
                    files("dbt_project.yml", "name: shop\n")
                            .file("models/orders.sql", "select id, amount from raw.orders")
                            .file("models/other.sql", "select 1 as one"),
                    root);
            ObjectId head = git.commit(
                    files("dbt_project.yml", "name: shop\n").file("models/orders.sql", "select id from raw.orders"),
                    root);
            git.branch("main", main).branch("feature", head);

            LocalRepositoryAnalysis.Result found = ANALYSIS.analyse(directory, Optional.empty(), "feature", TODAY);

            assertThat(found.comparison().getMergeBase()).isEqualTo(root.name());
            assertThat(found.comparison().getBase()).isEqualTo(main.name());
            assertThat(found.comparison().getHead()).isEqualTo(head.name());
            assertThat(found.repository()).isEqualTo("shop");
            assertThat(found.comparison().getChanges())
                    .anySatisfy(change -> assertThat(change.getColumn()).isEqualTo("amount"));
        }
    }

    @Test
    void findsTheSameWithWhatWasKept() throws Exception {
        Path directory = shop("one", "select id from raw.orders");
        LocalRepositoryAnalysis.Result fresh = ANALYSIS.analyse(directory, Optional.empty(), "feature", TODAY);

        assertThat(fresh.comparison().getChanges()).isNotEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(keeping().analyse(directory, Optional.empty(), "feature", TODAY))
                    .isEqualTo(fresh);
        }
        assertThat(folder.resolve("cache")).isNotEmptyDirectory();
    }

    @Test
    void doesNotMixUpFoldersOfTheSameName() throws Exception {
        Path one = shop("one", "select id from raw.orders");
        Path other = shop("other", "select id, amount, 1 as one from raw.orders");
        LocalRepositoryAnalysis.Result kept = keeping().analyse(one, Optional.empty(), "feature", TODAY);

        LocalRepositoryAnalysis.Result found = keeping().analyse(other, Optional.empty(), "feature", TODAY);

        assertThat(found.repository()).isEqualTo(kept.repository());
        assertThat(found).isEqualTo(ANALYSIS.analyse(other, Optional.empty(), "feature", TODAY));
        assertThat(found.comparison().getChanges())
                .isNotEqualTo(kept.comparison().getChanges());
    }

    private LocalRepositoryAnalysis keeping() {
        DiskCache disk = new DiskCache(folder.resolve("cache"), 1_000_000, Clock.systemUTC());
        return new LocalRepositoryAnalysis(Optional.of(disk), Duration.ofMinutes(5));
    }

    /** A repository called shop in a folder of its own, whose branch feature says what a model is. */
    private Path shop(String parent, String model) throws Exception {
        Path directory = folder.resolve(parent).resolve("shop.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            ObjectId main = git.commit(files("dbt_project.yml", "name: shop\n")
                    .file("models/orders.sql", "select id, amount from raw.orders")
                    .file("models/late.sql", "select amount from {{ ref('orders') }}"));
            ObjectId head = git.commit(
                    files("dbt_project.yml", "name: shop\n")
                            .file("models/orders.sql", model)
                            .file("models/late.sql", "select amount from {{ ref('orders') }}"),
                    main);
            git.branch("main", main).branch("feature", head);
        }
        return directory;
    }

    @Test
    void namesTheDirectoryThatIsNoRepository() {
        assertThatThrownBy(() -> ANALYSIS.analyse(folder, Optional.empty(), "HEAD", TODAY))
                .isInstanceOf(LocalRepository.Unreadable.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> ANALYSIS.analyse(folder.resolve("x"), Optional.empty(), "HEAD", TODAY))
                .isInstanceOf(LocalRepository.Unreadable.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void namesTheRevisionThatIsNone() throws Exception {
        Path directory = folder.resolve("r.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            git.branch("main", git.commit(files("a.sql", "select 1 as a")));

            assertThatThrownBy(() -> ANALYSIS.analyse(directory, Optional.of("main"), "nowhere", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class)
                    .hasMessageContaining("nowhere");
            assertThatThrownBy(() -> ANALYSIS.analyse(directory, Optional.of("main"), "^{/x", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class);
        }
    }

    @Test
    void saysWhenRevisionsShareNoHistory() throws Exception {
        Path directory = folder.resolve("r.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            git.branch("main", git.commit(files("a.sql", "select 1 as a")));
            git.branch("other", git.commit(files("a.sql", "select 2 as a")));

            assertThatThrownBy(() -> ANALYSIS.analyse(directory, Optional.of("main"), "other", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class)
                    .hasMessageContaining("share no history");
        }
    }
}
