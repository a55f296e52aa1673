package io.tailwater.pranalyzer.git;

import static io.tailwater.pranalyzer.git.GitFixture.files;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.pranalyzer.git.MergeBaseFinder.Found;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeBaseFinderTest {

    @TempDir
    private Path folder;

    private GitFixture git;

    @BeforeEach
    void createRepository() throws IOException {
        git = GitFixture.bare(folder.resolve("r.git"));
    }

    @Test
    void findsForkPoint() throws IOException {
        ObjectId root = git.commit(files("a", "1"));
        ObjectId main = git.commit(files("a", "2"), root);
        ObjectId head = git.commit(files("a", "3"), root);

        assertThat(MergeBaseFinder.find(git.repository(), head, main)).isEqualTo(new Found.MergeBase(root, 1));
    }

    @Test
    void takesNewestOfSeveralInCrissCrossHistory() throws IOException {
        ObjectId root = git.commit(files("a", "1"));
        ObjectId left = git.commitAt(2_000_000_000L, files("a", "l"), root);
        ObjectId right = git.commitAt(2_000_000_100L, files("a", "r"), root);
        ObjectId head = git.commitAt(2_000_000_200L, files("a", "lr"), left, right);
        ObjectId main = git.commitAt(2_000_000_300L, files("a", "rl"), right, left);

        assertThat(MergeBaseFinder.find(git.repository(), head, main)).isEqualTo(new Found.MergeBase(right, 2));
        assertThat(MergeBaseFinder.find(git.repository(), main, head)).isEqualTo(new Found.MergeBase(right, 2));
    }

    @Test
    void takesSmallestIdWhenSeveralAreEquallyNew() throws IOException {
        ObjectId root = git.commit(files("a", "1"));
        ObjectId left = git.commitAt(2_000_000_000L, files("a", "l"), root);
        ObjectId right = git.commitAt(2_000_000_000L, files("a", "r"), root);
        ObjectId head = git.commitAt(2_000_000_200L, files("a", "lr"), left, right);
        ObjectId main = git.commitAt(2_000_000_300L, files("a", "rl"), right, left);
        ObjectId smaller = left.compareTo(right) < 0 ? left : right;

        assertThat(MergeBaseFinder.find(git.repository(), head, main)).isEqualTo(new Found.MergeBase(smaller, 2));
    }

    @Test
    void saysWhenHistoriesShareNothing() throws IOException {
        ObjectId one = git.commit(files("a", "1"));
        ObjectId other = git.commit(files("a", "2"));

        assertThat(MergeBaseFinder.find(git.repository(), one, other)).isEqualTo(new Found.Unrelated());
    }

    @Test
    void asksForMoreWhenHistoryEndsBeforeTheAnswer() throws IOException {
        ObjectId root = git.commit(files("a", "1"));
        ObjectId before = git.commit(files("a", "2"), root);
        ObjectId main = git.commit(files("a", "3"), before);
        ObjectId head = git.commit(files("a", "4"), root);
        git.repository().getObjectDatabase().setShallowCommits(Set.of(before));

        assertThat(MergeBaseFinder.find(git.repository(), head, main)).isEqualTo(new Found.NeedsMoreHistory());
    }

    @Test
    void isContentWithHistoryThatEndsBehindTheAnswer() throws IOException {
        ObjectId root = git.commit(files("a", "1"));
        ObjectId fork = git.commit(files("a", "2"), root);
        ObjectId main = git.commit(files("a", "3"), fork);
        ObjectId head = git.commit(files("a", "4"), fork);
        git.repository().getObjectDatabase().setShallowCommits(Set.of(fork));

        assertThat(MergeBaseFinder.find(git.repository(), head, main)).isEqualTo(new Found.MergeBase(fork, 1));
    }
}
