package io.tailwater.ingest.http;

import io.tailwater.ingest.webhook.Answer;
import io.tailwater.service.LogKeys;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs refusals, each kind at most once in a while, so that nobody who knows the address can fill a disk; the metrics count
 * all of them.
 */
final class RefusalLog {

    private static final Logger LOGGER = LoggerFactory.getLogger(RefusalLog.class);
    private static final long QUIET_NANOSECONDS = Duration.ofSeconds(10).toNanos();
    private static final int LONGEST_ID = 64;

    private final LongSupplier nanoTime;
    private final Map<Answer, Kind> kinds = new EnumMap<>(Answer.class);

    /** When a kind was logged and how many were kept back since. */
    private record Kind(long loggedAt, long keptBack) {}

    RefusalLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Notes a refusal.
     *
     * @param connection last part of the address, not trusted
     * @param detail what else is known, nothing secret; may be empty
     */
    void note(Answer answer, String connection, String detail) {
        long keptBack = take(answer);
        if (keptBack < 0) {
            return;
        }
        LOGGER.atWarn()
                .addKeyValue(LogKeys.CONNECTION, harmless(connection))
                .addKeyValue(LogKeys.REASON, detail.isEmpty() ? answer.code() : answer.code() + ": " + detail)
                .addKeyValue("alikeSinceLastLine", keptBack)
                .log("refused a delivery");
    }

    /** How many alike were kept back when this one is to be logged, -1 when it is not. */
    private synchronized long take(Answer answer) {
        long now = nanoTime.getAsLong();
        Kind kind = kinds.get(answer);
        if (kind != null && now - kind.loggedAt() < QUIET_NANOSECONDS) {
            kinds.put(answer, new Kind(kind.loggedAt(), kind.keptBack() + 1));
            return -1;
        }
        kinds.put(answer, new Kind(now, 0));
        return kind == null ? 0 : kind.keptBack();
    }

    private static String harmless(String connection) {
        String cut = connection.substring(0, Math.min(connection.length(), LONGEST_ID));
        return cut.replaceAll("[^A-Za-z0-9_-]", "?");
    }
}
