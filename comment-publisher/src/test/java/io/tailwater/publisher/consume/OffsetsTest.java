package io.tailwater.publisher.consume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetsTest {

    private final Offsets offsets = new Offsets();

    @Test
    void commitsNothingBeforeAnythingWasRead() {
        assertThat(offsets.toCommit()).isEmpty();
    }

    @Test
    void neverCommitsPastWhatIsUnfinished() {
        offsets.begin(5);
        offsets.begin(6);
        offsets.begin(9);
        offsets.finish(6);
        offsets.finish(9);

        assertThat(offsets.toCommit()).hasValue(5);

        offsets.finish(5);
        assertThat(offsets.toCommit()).hasValue(10);
        assertThat(offsets.pending()).isZero();
    }

    @Test
    void tellsAnOffsetOnceUnlessTheCommitWentWrong() {
        offsets.begin(5);
        offsets.finish(5);

        assertThat(offsets.toCommit()).hasValue(6);
        assertThat(offsets.toCommit()).isEmpty();

        offsets.forgetTold();
        assertThat(offsets.toCommit()).hasValue(6);
    }
}
