package io.tailwater.console.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Sessions sessions = new Sessions(Duration.ofMinutes(30), Duration.ofHours(8), () -> now);

    @Test
    void aVisitGetsANewIdWhenSomeoneSignsInAndTheOldOneIsWorthless() {
        Session before = sessions.begin();
        Session after = sessions.signIn(before, "ada");
        assertThat(after.id()).isNotEqualTo(before.id()).hasSize(43);
        assertThat(after.formToken()).isNotEqualTo(before.formToken());
        assertThat(sessions.find(before.id())).isEmpty();
        assertThat(sessions.find(after.id()))
                .hasValueSatisfying(found -> assertThat(found.actor()).contains("ada"));
    }

    @Test
    void aVisitEndsWhenNothingIsAskedForALongTime() {
        Session session = sessions.begin();
        now = now.plus(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id())).isPresent();
        now = now.plus(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id())).isPresent();
        now = now.plus(Duration.ofMinutes(31));
        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void aVisitEndsHoweverBusyItIs() {
        Session session = sessions.begin();
        for (int minutes = 0; minutes < 8 * 60; minutes += 20) {
            assertThat(sessions.find(session.id())).isPresent();
            now = now.plus(Duration.ofMinutes(20));
        }
        now = now.plus(Duration.ofMinutes(1));
        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void visitorsWhoDoNotSignInCannotPushOutThoseWhoDid() {
        Session signedIn = sessions.signIn(sessions.begin(), "ada");
        for (int visitor = 0; visitor < 25_000; visitor++) {
            sessions.begin();
        }
        assertThat(sessions.find(signedIn.id())).isPresent();
    }
}
