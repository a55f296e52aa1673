package io.tailwater.pranalyzer.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkPoolTest {

    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();

    @Test
    void neverWorksTwiceInOneLaneAtATime() {
        WorkPool pool = new WorkPool(threads::add, 10);
        Desk<String> desk = new Desk<>(pool, 10);
        pool.submit(desk, ticket("a", "lane", Priority.LIVE, 1));
        pool.submit(desk, ticket("b", "lane", Priority.LIVE, 2));
        pool.submit(desk, ticket("c", "other", Priority.LIVE, 3));

        assertThat(threads).hasSize(2);
        threads.remove().run();
        assertThat(threads).hasSize(2);
        runAll();
        assertThat(done).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void worksOnNoMoreThanAllowed() {
        WorkPool pool = new WorkPool(threads::add, 2);
        Desk<String> desk = new Desk<>(pool, 10);
        for (int i = 0; i < 5; i++) {
            pool.submit(desk, ticket("t" + i, "lane" + i, Priority.LIVE, i));
        }

        assertThat(threads).hasSize(2);
        assertThat(pool.running()).isEqualTo(2);
        assertThat(pool.waiting()).isEqualTo(3);
    }

    @Test
    void takesByPriorityThenByAge() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 10);
        pool.submit(desk, ticket("first", "0", Priority.BACKFILL, 0));
        pool.submit(desk, ticket("history", "1", Priority.BACKFILL, 1));
        pool.submit(desk, ticket("branch", "2", Priority.BASELINE, 1));
        pool.submit(desk, ticket("younger", "3", Priority.LIVE, 9));
        pool.submit(desk, ticket("older", "4", Priority.LIVE, 5));

        runAll();

        assertThat(done).containsExactly("first", "older", "younger", "branch", "history");
    }

    @Test
    void replacesWaitingTicketOfTheSameId() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 10);
        pool.submit(desk, ticket("busy", "0", Priority.LIVE, 0));
        pool.submit(desk, ticket("same", "1", Priority.LIVE, 1));
        pool.submit(desk, ticket("same", "1", Priority.LIVE, 2));

        runAll();

        assertThat(done).containsExactly("busy", "same");
    }

    @Test
    void turnsWhatWorkThrowsIntoResultAndFreesTheLane() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 10);
        pool.submit(
                desk,
                new Ticket<>(
                        "deep",
                        "1",
                        "lane",
                        Priority.LIVE,
                        0,
                        WorkPoolTest::endless,
                        thrown -> thrown.getClass().getSimpleName()));
        pool.submit(desk, ticket("next", "lane", Priority.LIVE, 1));

        runAll();

        assertThat(desk.takeFinished()).extracting(Done::result).containsExactly("StackOverflowError", "next");
    }

    @Test
    void keepsBacklogAtTheDeskAndHandsOutALittle() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 2);
        for (int i = 0; i < 10; i++) {
            desk.ready("t" + i, Priority.BACKFILL, i);
        }
        desk.handOut(0, id -> Optional.of(ticket(id, id, Priority.BACKFILL, 0)));

        assertThat(pool.waiting() + pool.running()).isEqualTo(2);
        assertThat(desk.openCount()).isEqualTo(10);
    }

    @Test
    void handsOutLiveWorkAlsoWhereTheBacklogFillsThePool() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 2);
        for (int i = 0; i < 10; i++) {
            desk.ready("t" + i, Priority.BACKFILL, i);
        }
        desk.handOut(0, id -> Optional.of(ticket(id, id, Priority.BACKFILL, 0)));
        desk.ready("live", Priority.LIVE, 100);
        desk.handOut(0, id -> Optional.of(ticket(id, id, Priority.LIVE, 0)));

        assertThat(pool.waiting() + pool.running()).isEqualTo(3);
    }

    @Test
    void waitsWithDelayedWorkUntilItsTime() {
        WorkPool pool = new WorkPool(threads::add, 1);
        Desk<String> desk = new Desk<>(pool, 2);
        desk.delay("later", Priority.LIVE, 0, 1000);
        desk.handOut(999, id -> Optional.of(ticket(id, id, Priority.LIVE, 0)));
        assertThat(threads).isEmpty();

        desk.handOut(1000, id -> Optional.of(ticket(id, id, Priority.LIVE, 0)));
        assertThat(threads).hasSize(1);
    }

    private Ticket<String> ticket(String id, String lane, Priority priority, long order) {
        return new Ticket<>(
                id,
                "1",
                lane,
                priority,
                order,
                () -> {
                    done.add(id);
                    return id;
                },
                Throwable::toString);
    }

    private void runAll() {
        for (Runnable next = threads.poll(); next != null; next = threads.poll()) {
            next.run();
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String endless() {
        return endless() + "x";
    }
}
