package io.tailwater.schemas.serde;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a schema registry, read from properties that bear Confluent's names, so that a configuration written
 * for their serializer works here too.
 *
 * @param addresses base addresses, tried in order; at least one
 * @param authorization value of the {@code Authorization} header, null for none; a secret
 * @param connectTimeout longest wait for a connection
 * @param answerTimeout longest wait for a whole answer
 * @param maxRetries tries after the first
 * @param firstRetryWait wait before the first retry; doubles up to {@code maxRetryWait}
 * @param maxRetryWait longest wait between two tries
 */
record SchemaRegistryConfig(
        List<URI> addresses,
        @Nullable String authorization,
        Duration connectTimeout,
        Duration answerTimeout,
        int maxRetries,
        Duration firstRetryWait,
        Duration maxRetryWait) {

    static final String URL = "schema.registry.url";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    private static final String PREFIX = "schema.registry.";

    /** @throws ConfigException naming the property that is missing or malformed */
    static SchemaRegistryConfig from(Map<String, ?> properties) {
        List<URI> addresses = addresses(text(properties, URL));
        return new SchemaRegistryConfig(
                addresses.stream().map(SchemaRegistryConfig::withoutUserInfo).toList(),
                authorization(properties, addresses),
                Duration.ofMillis(number(properties, "http.connect.timeout.ms", 5_000)),
                Duration.ofMillis(number(properties, "http.read.timeout.ms", 10_000)),
                (int) number(properties, "max.retries", 3),
                Duration.ofMillis(Math.max(1, number(properties, "retries.wait.ms", 200))),
                Duration.ofMillis(Math.max(1, number(properties, "retries.max.wait.ms", 2_000))));
    }

    private static List<URI> addresses(@Nullable String urls) {
        if (urls == null || urls.isBlank()) {
            throw new ConfigException(URL + " is not set");
        }
        List<URI> addresses = new ArrayList<>();
        for (String url : urls.split(",")) {
            String trimmed = url.strip().replaceFirst("/+$", "");
            try {
                URI address = URI.create(trimmed);
                if (address.getHost() != null
                        && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                    addresses.add(address);
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // The address may hold a password: neither it nor the parser's message may be shown.
            }
            throw new ConfigException(URL + " holds something that is not an http or https address");
        }
        return addresses;
    }

    private static URI withoutUserInfo(URI address) {
        return URI.create(address.toString().replaceFirst("//[^/@]*@", "//"));
    }

    private static @Nullable String authorization(Map<String, ?> properties, List<URI> addresses) {
        String bearerSource = text(properties, BEARER_SOURCE);
        if (bearerSource != null) {
            requireSource(BEARER_SOURCE, bearerSource, "STATIC_TOKEN");
            return "Bearer " + required(properties, BEARER_TOKEN);
        }
        String basicSource = text(properties, BASIC_SOURCE);
        if (basicSource == null || "URL".equals(basicSource)) {
            String userInfo = addresses.getFirst().getRawUserInfo();
            return userInfo == null ? null : basic(URLDecoder.decode(userInfo, StandardCharsets.UTF_8));
        }
        requireSource(BASIC_SOURCE, basicSource, "USER_INFO");
        return basic(required(properties, BASIC_USER_INFO));
    }

    private static void requireSource(String name, String found, String known) {
        if (!known.equals(found)) {
            throw new ConfigException(name, found, "only " + known + " is supported");
        }
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String required(Map<String, ?> properties, String name) {
        String value = text(properties, name);
        if (value == null) {
            throw new ConfigException(name + " is not set");
        }
        return value;
    }

    /** A property's text, also under its name with the prefix that Confluent's client allows; null when not set. */
    static @Nullable String text(Map<String, ?> properties, String name) {
        Object value = properties.get(name);
        if (value == null && !name.startsWith(PREFIX)) {
            value = properties.get(PREFIX + name);
        }
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(String::valueOf).toList());
        }
        return value == null ? null : value.toString();
    }

    /** A property that is true or false. */
    static boolean flag(Map<String, ?> properties, String name, boolean standard) {
        String value = text(properties, name);
        if (value == null) {
            return standard;
        }
        return switch (value.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(name, value, "must be true or false");
        };
    }

    private static long number(Map<String, ?> properties, String name, long standard) {
        String value = text(properties, name);
        if (value == null) {
            return standard;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= 0 && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the error below, which names the property
        }
        throw new ConfigException(name, value, "must be a whole number from 0");
    }

    /** Leaves the credentials out. */
    @Override
    public String toString() {
        return "SchemaRegistryConfig[addresses=" + addresses + ", authorization="
                + (authorization == null ? "none" : "***") + "]";
    }
}
