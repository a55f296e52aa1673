package io.tailwater.publisher.render;

import io.tailwater.schemas.lineage.Location;
import java.net.URI;
import java.util.Optional;

/**
 * Where the links of a comment lead.
 *
 * @param webUrl address of Bitbucket's pages, e.g. {@code https://bitbucket.org}
 * @param reportUrl address below which full reports are shown; empty when they are shown nowhere
 */
public record CommentLinks(URI webUrl, Optional<URI> reportUrl) {

    /** The line of a file at a revision; parts of a path that a browser would resolve away are left out. */
    String to(Location at) {
        String lines = at.getLine() > 0 ? "#lines-" + at.getLine() : "";
        return withoutSlash(webUrl) + "/"
                + Markdown.encodedPath(at.getRepository() + "/src/" + at.getRevision() + "/" + at.getPath())
                        .replaceAll("(?<=/)\\.{1,2}(/|$)", "")
                + lines;
    }

    /** The full report, empty when it is shown nowhere. */
    public Optional<String> toReport(String reportId) {
        return reportUrl.map(base -> withoutSlash(base) + "/r/" + Markdown.encodedPath(reportId));
    }

    private static String withoutSlash(URI uri) {
        String text = uri.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
