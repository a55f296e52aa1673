package io.tailwater.ingest.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Reads a request body within limits of size and time. */
final class BodyReader {

    private static final int CHUNK = 16 * 1024;

    /** How many times the limit is read and thrown away, so that a sender gets to hear why it is refused. */
    private static final int PATIENCE = 32;

    private final int limit;
    private final Duration timeout;
    private final LongSupplier nanoTime;

    /** What came of reading. */
    sealed interface Body {

        /**
         * All of it.
         *
         * @param bytes as received
         */
        @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
        record Complete(byte[] bytes) implements Body {}

        /** More than the limit. */
        record TooLarge() implements Body {}

        /** It ended early. */
        record Truncated() implements Body {}

        /** It took too long. */
        record TooSlow() implements Body {}
    }

    BodyReader(int limit, Duration timeout, LongSupplier nanoTime) {
        this.limit = limit;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
    }

    /**
     * Reads a body.
     *
     * @param announced Content-Length, negative when not given
     */
    Body read(InputStream stream, long announced) {
        long start = nanoTime.getAsLong();
        ByteArrayOutputStream kept = new ByteArrayOutputStream((int) Math.clamp(announced, 1024, limit));
        byte[] chunk = new byte[CHUNK];
        long total = 0;
        try {
            for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
                total += count;
                if (total <= limit) {
                    kept.write(chunk, 0, count);
                } else if (total > (long) limit * PATIENCE) {
                    return new Body.TooLarge();
                }
                if (nanoTime.getAsLong() - start > timeout.toNanos()) {
                    return total > limit ? new Body.TooLarge() : new Body.TooSlow();
                }
            }
        } catch (IOException e) {
            if (total > limit || announced > limit) {
                return new Body.TooLarge();
            }
            return causedByTimeout(e) ? new Body.TooSlow() : new Body.Truncated();
        }
        if (total > limit) {
            return new Body.TooLarge();
        }
        return announced >= 0 && total < announced ? new Body.Truncated() : new Body.Complete(kept.toByteArray());
    }

    private static boolean causedByTimeout(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
