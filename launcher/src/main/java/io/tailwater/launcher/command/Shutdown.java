package io.tailwater.launcher.command;

import java.util.concurrent.CountDownLatch;

/** Waits for the signal to stop and keeps the process alive until what runs has been closed in order. */
final class Shutdown implements AutoCloseable {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private Shutdown() {}

    /** Starts listening for the signal; close it after everything else. */
    static Shutdown listen() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            shutdown.requested.countDown();
                            awaitQuietly(shutdown.finished);
                        },
                        "tailwater-shutdown"));
        return shutdown;
    }

    /** Returns once the process is asked to stop. */
    void await() {
        awaitQuietly(requested);
    }

    /** Whether the process has been asked to stop. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    @Override
    public void close() {
        finished.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
