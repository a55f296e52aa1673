package io.tailwater.bitbucket.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitHashTest {

    private static final String FULL = "9c1f2ab012345678901234567890123456789012";

    @Test
    void comparesTwelveDigitsWithForty() {
        CommitHash full = new CommitHash(FULL);
        CommitHash twelve = new CommitHash(FULL.substring(0, 12));

        assertThat(full.sameCommit(twelve)).isTrue();
        assertThat(twelve.sameCommit(full)).isTrue();
        assertThat(twelve.sameCommit(new CommitHash("9c1f2ab01235"))).isFalse();
        assertThat(full.isFull()).isTrue();
        assertThat(twelve.isFull()).isFalse();
    }

    @Test
    void readsEitherCase() {
        assertThat(CommitHash.parse("9C1F2AB01234")).isEqualTo(new CommitHash("9c1f2ab01234"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "9c1f2ab", "9c1f2ab0123", "main", "9c1f2ab0123g", FULL + "0", "../../etc/passwd"})
    void refusesWhatIsNoCommitId(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CommitHash.parse(text));
    }
}
