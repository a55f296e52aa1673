package io.tailwater.pranalyzer.normalise;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of single fields: what leaves here is valid. */
final class Fields {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{12,40}");
    private static final int MAX_TEXT = 1000;

    private Fields() {}

    static <T> T require(String field, @Nullable T value) throws MalformedPayload {
        if (value == null) {
            throw new MalformedPayload(field + " is missing");
        }
        return value;
    }

    static FullName fullName(String field, @Nullable String value) throws MalformedPayload {
        try {
            return FullName.parse(require(field, value));
        } catch (IllegalArgumentException e) {
            throw new MalformedPayload(field + " is " + e.getMessage());
        }
    }

    static String commit(String field, @Nullable String value) throws MalformedPayload {
        String hash = require(field, value);
        if (!COMMIT.matcher(hash).matches()) {
            throw new MalformedPayload(field + " is not a commit id of 12 to 40 hexadecimal digits");
        }
        return hash.toLowerCase(Locale.ROOT);
    }

    static Instant time(String field, @Nullable String value) throws MalformedPayload {
        try {
            return OffsetDateTime.parse(require(field, value)).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new MalformedPayload(field + " is not a time with an offset");
        }
    }

    /** Text from outside, for people: cut, and without control characters that would break a log line. */
    static String text(@Nullable String value) {
        if (value == null) {
            return "";
        }
        String cut = value.length() > MAX_TEXT
                ? value.substring(0, value.offsetByCodePoints(0, value.codePointCount(0, MAX_TEXT))) + "…"
                : value;
        return cut.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    /** A branch name: taken as it is, since Git allows nearly everything in it, but not without end. */
    static String branch(String field, @Nullable String value) throws MalformedPayload {
        String name = require(field, value);
        if (name.isEmpty() || name.length() > MAX_TEXT || name.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedPayload(field + " is not a branch name");
        }
        return name;
    }
}
