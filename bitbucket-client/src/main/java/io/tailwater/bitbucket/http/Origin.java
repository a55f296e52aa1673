package io.tailwater.bitbucket.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only place a token goes: scheme, host and port of the configured address, and the path everything lies below.
 *
 * @param base the configured address, its path ending in "/"
 */
record Origin(URI base) {

    private static final int LONGEST_LINK = 8_192;

    static Origin of(URI apiUrl) {
        String scheme = apiUrl.getScheme();
        boolean plain = apiUrl.getHost() != null
                && apiUrl.getRawUserInfo() == null
                && apiUrl.getRawQuery() == null
                && apiUrl.getRawFragment() == null;
        if (!plain || !("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme))) {
            throw new IllegalArgumentException(
                    "the address of Bitbucket's API is no plain http or https address: " + apiUrl.getHost());
        }
        String text = apiUrl.toString();
        return new Origin(URI.create((text.endsWith("/") ? text : text + "/") + "2.0/"));
    }

    boolean isSecure() {
        return "https".equalsIgnoreCase(base.getScheme());
    }

    /** The address of a path below the API. */
    URI resolve(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    /** Where a link leads, seen from another address; empty when that is not below this origin. */
    Optional<URI> resolveLink(URI from, String link) {
        if (link.isEmpty() || link.length() > LONGEST_LINK) {
            return Optional.empty();
        }
        try {
            URI target = from.resolve(link);
            return holds(target) ? Optional.of(target) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Path and query of a link relative to this origin; empty when it leads elsewhere. */
    Optional<String> below(String link) {
        return resolveLink(base, link).map(target -> {
            String path = target.getRawPath().substring(base.getRawPath().length());
            return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
        });
    }

    private boolean holds(URI target) {
        String path = target.getRawPath();
        return target.getRawUserInfo() == null
                && target.getRawFragment() == null
                && same(base.getScheme(), target.getScheme())
                && same(base.getHost(), target.getHost())
                && port(base) == port(target)
                && path != null
                && path.startsWith(base.getRawPath())
                && !path.matches(".*/\\.{1,2}(/.*)?");
    }

    private static boolean same(String mine, @Nullable String other) {
        return other != null && mine.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    /** Scheme, host and port, for messages. */
    @Override
    public String toString() {
        return base.getScheme() + "://" + base.getAuthority();
    }
}
