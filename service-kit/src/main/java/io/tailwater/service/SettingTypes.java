package io.tailwater.service;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the text of a setting into the type its record declares; the texts of its errors leave out the value. */
final class SettingTypes {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");

    private SettingTypes() {}

    /**
     * Reads a value.
     *
     * @param text what was written, trimmed
     * @throws IllegalArgumentException saying what was expected, when the text does not fit
     */
    static Object parse(DeclaredSetting declared, String text) {
        Object value = parse(declared.type(), text);
        checkRange(declared.setting(), value instanceof Optional<?> optional ? optional.orElse(null) : value);
        return value;
    }

    private static Object parse(Type type, String text) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return text.isEmpty() ? Optional.empty() : Optional.of(parse(element, text));
            }
            if (generic.getRawType() == List.class) {
                return parseList(element, text);
            }
        }
        return type instanceof Class<?> plain ? parsePlain(plain, text) : unsupported(type);
    }

    private static List<Object> parseList(Type element, String text) {
        List<Object> values = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : text.split(",", -1)) {
                values.add(parse(element, part.trim()));
            }
        }
        return List.copyOf(values);
    }

    private static Object parsePlain(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        if (type == int.class || type == Integer.class) {
            return Math.toIntExact(wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (type == long.class || type == Long.class) {
            return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == boolean.class || type == Boolean.class) {
            return trueOrFalse(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == ByteSize.class) {
            return ByteSize.parse(text);
        }
        if (type == Secret.class) {
            return Secret.of(text);
        }
        if (type == URI.class) {
            return absoluteUri(text);
        }
        if (type == Path.class) {
            return Path.of(text);
        }
        return type.isEnum() ? constant(type, text) : unsupported(type);
    }

    private static long wholeNumber(String text, long smallest, long largest) {
        try {
            long number = Long.parseLong(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a whole number", e);
        }
        throw new IllegalArgumentException("is too large a number");
    }

    private static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is not a duration like 10s (units ms, s, m, h, d)");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("is not a duration");
        };
    }

    private static URI absoluteUri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute() && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not an address like https://host", e);
        }
        throw new IllegalArgumentException("is not an address like https://host");
    }

    private static Object constant(Class<?> type, String text) {
        Object[] constants = type.getEnumConstants();
        for (Object constant : constants) {
            if (optionName(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("is none of "
                + String.join(
                        ", ",
                        Arrays.stream(constants).map(SettingTypes::optionName).toList()));
    }

    private static String optionName(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void checkRange(Setting setting, @Nullable Object value) {
        Long measured = switch (value) {
            case Integer number -> (long) number;
            case Long number -> number;
            case Duration duration -> duration.toMillis();
            case ByteSize size -> size.bytes();
            case null, default -> null;
        };
        if (measured == null) {
            return;
        }
        if (measured < setting.min()) {
            throw new IllegalArgumentException("is below the smallest allowed, " + bound(setting.min(), value));
        }
        if (measured > setting.max()) {
            throw new IllegalArgumentException("is above the largest allowed, " + bound(setting.max(), value));
        }
    }

    private static String bound(long bound, @Nullable Object like) {
        return switch (like) {
            case Duration duration -> durationText(bound);
            case ByteSize size -> new ByteSize(bound).toString();
            case null, default -> Long.toString(bound);
        };
    }

    /** Writes milliseconds the way {@link #duration} reads them, in the largest whole unit. */
    static String durationText(long milliseconds) {
        Map<String, Long> units = Map.of("d", 86_400_000L, "h", 3_600_000L, "m", 60_000L, "s", 1_000L);
        for (String unit : List.of("d", "h", "m", "s")) {
            long factor = units.getOrDefault(unit, 1L);
            if (milliseconds != 0 && milliseconds % factor == 0) {
                return milliseconds / factor + unit;
            }
        }
        return milliseconds + "ms";
    }

    /** What a person has to write, for the configuration table. */
    static String describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == List.class) {
                return "list of " + describe(element) + ", comma-separated";
            }
            return generic.getRawType() == Map.class ? "text" : describe(element);
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "number";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == Duration.class) {
            return "duration";
        }
        if (type == ByteSize.class) {
            return "size";
        }
        if (type == Secret.class) {
            return "secret";
        }
        if (type == URI.class) {
            return "address";
        }
        if (type == Path.class) {
            return "path";
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return String.join(
                    " \\| ",
                    Arrays.stream(plain.getEnumConstants())
                            .map(SettingTypes::optionName)
                            .toList());
        }
        return "text";
    }

    /** The range of a setting as a person would write it, or an empty text. */
    static String describeRange(DeclaredSetting declared) {
        Setting setting = declared.setting();
        String from = setting.min() == Long.MIN_VALUE ? "" : "from " + inUnits(declared.type(), setting.min());
        String to = setting.max() == Long.MAX_VALUE ? "" : "to " + inUnits(declared.type(), setting.max());
        return (from + " " + to).trim();
    }

    private static String inUnits(Type type, long bound) {
        Type plain = type instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : type;
        if (plain == Duration.class) {
            return durationText(bound);
        }
        return plain == ByteSize.class ? new ByteSize(bound).toString() : Long.toString(bound);
    }

    private static Object unsupported(Type type) {
        throw new IllegalStateException("settings have no reader for " + type.getTypeName());
    }
}
