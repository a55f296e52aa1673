package io.tailwater.bitbucket.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Times as Bitbucket's filter expressions write them. */
final class Times {

    private static final DateTimeFormatter FILTER =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);

    private Times() {}

    /** For {@code q=}: microseconds, UTC. */
    static String filter(Instant time) {
        return FILTER.format(time.truncatedTo(ChronoUnit.MICROS));
    }
}
