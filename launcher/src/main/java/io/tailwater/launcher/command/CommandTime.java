package io.tailwater.launcher.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Times as people write them on the command line. */
final class CommandTime {

    private CommandTime() {}

    /**
     * A date (its beginning in UTC) or a time with a zone.
     *
     * @throws UserError naming the text, when it is neither
     */
    static Instant parse(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException none) {
                throw new UserError(
                        "\"" + text + "\" is neither a date like 2026-01-31 nor a time like" + " 2026-01-31T12:00:00Z");
            }
        }
    }
}
