package io.tailwater.pranalyzer;

import static io.tailwater.pranalyzer.git.GitFixture.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.pranalyzer.git.GitFixture;
import io.tailwater.pranalyzer.git.LocalRepository;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRepositoryAnalysisTest {
    private static final LocalDate TODAY = LocalDate.of(2031, 1, 2);

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

            LocalRepositoryAnalysis.Result found =
                    LocalRepositoryAnalysis.analyse(directory, Optional.empty(), "feature", TODAY);

            assertThat(found.comparison().getMergeBase()).isEqualTo(root.name());
            assertThat(found.comparison().getBase()).isEqualTo(main.name());
            assertThat(found.comparison().getHead()).isEqualTo(head.name());
            assertThat(found.report().repository()).isEqualTo("shop");
            assertThat(found.comparison().getChanges())
                    .anySatisfy(change -> assertThat(change.getColumn()).isEqualTo("amount"));
        }
    }

    @Test
    void namesTheDirectoryThatIsNoRepository() {
        assertThatThrownBy(() -> LocalRepositoryAnalysis.analyse(folder, Optional.empty(), "HEAD", TODAY))
                .isInstanceOf(LocalRepository.Unreadable.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> LocalRepositoryAnalysis.analyse(folder.resolve("x"), Optional.empty(), "HEAD", TODAY))
                .isInstanceOf(LocalRepository.Unreadable.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void namesTheRevisionThatIsNone() throws Exception {
        Path directory = folder.resolve("r.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            git.branch("main", git.commit(files("a.sql", "select 1 as a")));

            assertThatThrownBy(() -> LocalRepositoryAnalysis.analyse(directory, Optional.of("main"), "nowhere", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class)
                    .hasMessageContaining("nowhere");
            assertThatThrownBy(() -> LocalRepositoryAnalysis.analyse(directory, Optional.of("main"), "^{/x", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class);
        }
    }

    @Test
    void saysWhenRevisionsShareNoHistory() throws Exception {
        Path directory = folder.resolve("r.git");
        try (GitFixture git = GitFixture.bare(directory)) {
            git.branch("main", git.commit(files("a.sql", "select 1 as a")));
            git.branch("other", git.commit(files("a.sql", "select 2 as a")));

            assertThatThrownBy(() -> LocalRepositoryAnalysis.analyse(directory, Optional.of("main"), "other", TODAY))
                    .isInstanceOf(LocalRepository.Unreadable.class)
                    .hasMessageContaining("share no history");
        }
    }
}
