package io.tailwater.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.bitbucket.http.AnswerFacts;
import io.tailwater.bitbucket.http.CallGate;
import io.tailwater.bitbucket.http.CallGate.Allowance;
import io.tailwater.bitbucket.model.BitbucketException.RateLimited;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallBudgetTest {

    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final CallBudget budget = new CallBudget(50, () -> now);
    private final CallGate keepingUp = budget.gate(CallBudget.Use.KEEPING_UP);
    private final CallGate background = budget.gate(CallBudget.Use.BACKGROUND);

    private static AnswerFacts facts(int status, int limit, boolean near) {
        return new AnswerFacts(status, Optional.empty(), Optional.empty(), OptionalInt.of(limit), near);
    }

    private static int allowed(CallGate gate, Allowance allowance) {
        int count = 0;
        try {
            while (count < 100_000) {
                gate.before(allowance);
                count++;
            }
        } catch (RateLimited e) {
            return count;
        }
        return count;
    }

    @Test
    void keepsToItsShareOfTheDocumentedAllowance() {
        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isEqualTo(500);
        assertThat(allowed(keepingUp, Allowance.WEBHOOKS)).isEqualTo(500);
    }

    @Test
    void leavesHalfOfTheShareToWhatCannotWait() {
        assertThat(allowed(background, Allowance.REPOSITORIES)).isEqualTo(250);
        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isEqualTo(250);
        assertThat(allowed(background, Allowance.REPOSITORIES)).isZero();
    }

    @Test
    void neverAllowsMoreWithinAnyHourAndSaysWhenTheNextFits() {
        keepingUp.before(Allowance.REPOSITORIES);
        now = now.plus(Duration.ofMinutes(20));
        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isEqualTo(499);

        assertThatThrownBy(() -> keepingUp.before(Allowance.REPOSITORIES))
                .isInstanceOfSatisfying(
                        RateLimited.class,
                        refused -> assertThat(refused.retryAfter())
                                .hasValueSatisfying(wait ->
                                        assertThat(wait).isBetween(Duration.ofMinutes(40), Duration.ofMinutes(41))));
        now = now.plus(Duration.ofMinutes(41));
        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isEqualTo(1);
    }

    @Test
    void takesMoreWhereBitbucketAllowsMore() {
        keepingUp.after(Allowance.REPOSITORIES, facts(200, 4_000, false));

        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isEqualTo(2_000);
    }

    @Test
    void letsWhatCanWaitRestWhenBitbucketSaysThatLittleIsLeft() {
        keepingUp.after(Allowance.REPOSITORIES, facts(200, 1_000, true));

        assertThat(allowed(background, Allowance.REPOSITORIES)).isZero();
        keepingUp.before(Allowance.REPOSITORIES);
    }

    @Test
    void callsNothingForAWhileAfterARefusal() {
        keepingUp.after(Allowance.REPOSITORIES, facts(429, 1_000, true));

        assertThat(allowed(keepingUp, Allowance.REPOSITORIES)).isZero();
        now = now.plus(Duration.ofMinutes(2));
        keepingUp.before(Allowance.REPOSITORIES);
    }
}
