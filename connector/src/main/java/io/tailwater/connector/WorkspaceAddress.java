package io.tailwater.connector;

import io.tailwater.bitbucket.model.RepositoryName;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a person entered to name a workspace, reduced to its id.
 *
 * @param workspace slug, or uuid in braces
 * @param repository slug of the repository that was named with it; empty when none was
 */
record WorkspaceAddress(String workspace, Optional<String> repository) {

    private static final int LONGEST = 2_000;
    private static final Pattern ADDRESS =
            Pattern.compile("(?:(https?)://)?([^/\\s]+\\.[^/\\s]+|localhost|[^/\\s]+:\\d+)(/.*)?");
    private static final Pattern REMOTE = Pattern.compile("(?:ssh://)?git@([^:/]+)[:/](.*)");

    /** Pages of a workspace that stand where a repository's slug would. */
    private static final Set<String> PAGES = Set.of("workspace", "profile", "dashboard");

    /**
     * Reads what was entered: an id, "workspace/repository", or an address of Bitbucket's pages or Git server.
     *
     * @param entered as typed or pasted
     * @param host the address of Bitbucket's pages as configured
     * @throws IllegalArgumentException with a sentence for the person when it names no workspace
     */
    static WorkspaceAddress parse(String entered, URI host) {
        String text = entered.strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "Enter the workspace id: the part after bitbucket.org/ in the address of" + " your repositories.");
        }
        String path = path(text, host).replaceFirst("[?#].*$", "");
        List<String> segments = Stream.of(path.split("/"))
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(segment -> !segment.isBlank())
                .toList();
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("This address names no workspace. Paste the address of one of your"
                    + " repositories, or enter the workspace id.");
        }
        Optional<String> repository = segments.stream()
                .skip(1)
                .findFirst()
                .filter(segment -> !PAGES.contains(segment))
                .map(segment -> segment.replaceFirst("\\.git$", ""));
        try {
            String workspace = segments.getFirst();
            RepositoryName checked = new RepositoryName(
                    workspace.startsWith("{") ? workspace : workspace.toLowerCase(Locale.ROOT),
                    repository.orElse("none"));
            return new WorkspaceAddress(checked.workspace(), repository.map(slug -> checked.repository()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "This is no workspace id: letters, digits, \"-\" and \"_\" only, as in"
                            + " the address of your repositories.",
                    e);
        }
    }

    private static String path(String text, URI host) {
        Matcher remote = REMOTE.matcher(text);
        if (remote.matches()) {
            return checked(remote.group(1), host, remote.group(2));
        }
        Matcher address = ADDRESS.matcher(text);
        boolean isAddress = address.matches() && (address.group(1) != null || address.group(3) != null);
        if (!isAddress) {
            return text;
        }
        String authority = address.group(2).replaceFirst("^[^@]*@", "");
        return checked(authority, host, address.group(3) == null ? "" : address.group(3));
    }

    private static String checked(String authority, URI host, String path) {
        String asked = authority.toLowerCase(Locale.ROOT);
        String known = String.valueOf(host.getAuthority()).toLowerCase(Locale.ROOT);
        if (asked.equals(known) || asked.equals("bitbucket.org") || asked.equals("www.bitbucket.org")) {
            return path;
        }
        throw new IllegalArgumentException(
                "This address is not at bitbucket.org. Bitbucket Server and Data Center cannot be connected.");
    }
}
