package io.tailwater.pranalyzer.git;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * The one Git server we talk to, from configuration. Addresses are built from full names below its base address; no
 * address of a payload is ever used.
 *
 * @param base base address, http or https, without user, query or fragment
 */
public record GitHost(URI base) {

    private static final Pattern FULL_NAME = Pattern.compile("([A-Za-z0-9_.-]{1,128})/([A-Za-z0-9_.-]{1,128})");

    /** @throws IllegalArgumentException when the address has another shape */
    public GitHost {
        boolean web = "https".equals(base.getScheme()) || "http".equals(base.getScheme());
        if (!web
                || base.getHost() == null
                || base.getUserInfo() != null
                || base.getQuery() != null
                || base.getFragment() != null) {
            throw new IllegalArgumentException("not the base address of a Git server: " + base);
        }
    }

    /**
     * Address of a repository.
     *
     * @param fullName "workspace/repository"
     * @throws IllegalArgumentException when the name could leave the base address
     */
    URI repository(String fullName) {
        var matcher = FULL_NAME.matcher(fullName);
        if (!matcher.matches() || isDots(matcher.group(1)) || isDots(matcher.group(2))) {
            throw new IllegalArgumentException("not a repository's full name");
        }
        String prefix = base.toString();
        return URI.create((prefix.endsWith("/") ? prefix : prefix + "/") + fullName + ".git");
    }

    /** Host and port: what is remembered about a server is remembered under this. */
    String name() {
        return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    /** Whether a request to that address stays on this server. */
    boolean serves(URI address) {
        return base.getScheme().equals(address.getScheme())
                && base.getHost().equalsIgnoreCase(address.getHost())
                && base.getPort() == address.getPort();
    }

    private static boolean isDots(String part) {
        return part.chars().allMatch(character -> character == '.');
    }
}
