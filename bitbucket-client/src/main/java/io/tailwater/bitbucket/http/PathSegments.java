package io.tailwater.bitbucket.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** Percent-encodes for paths and queries; not form encoding, where a space is "+". */
public final class PathSegments {

    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PathSegments() {}

    /**
     * Joins segments with "/", each encoded on its own, so that a "/", a brace or a "#" in one stays part of it.
     *
     * @throws IllegalArgumentException for a segment of dots only, which a server would resolve away
     */
    public static String join(Collection<String> segments) {
        return segments.stream().map(PathSegments::encodeSegment).collect(Collectors.joining("/"));
    }

    /** As {@link #join(Collection)}. */
    public static String join(String... segments) {
        return join(Arrays.asList(segments));
    }

    private static String encodeSegment(String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("not a path segment: \"" + segment + "\"");
        }
        return encode(segment);
    }

    /** Encodes everything but RFC 3986's unreserved characters, as UTF-8. */
    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (octet > 0 && UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt((octet >> 4) & 15)).append(HEX.charAt(octet & 15));
            }
        }
        return encoded.toString();
    }
}
