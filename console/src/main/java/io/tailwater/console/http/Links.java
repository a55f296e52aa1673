package io.tailwater.console.http;

import io.tailwater.schemas.lineage.Location;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Addresses of Bitbucket's pages. Names come from outside, so each part is encoded and none can lead elsewhere. */
final class Links {

    private final String base;

    Links(URI bitbucket) {
        String text = bitbucket.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** The line of a file at a revision. */
    String to(Location at) {
        String line = at.getLine() > 0 ? "#lines-" + at.getLine() : "";
        return base + "/" + path(at.getRepository() + "/src/" + at.getRevision() + "/" + at.getPath()) + line;
    }

    String toPullRequest(String workspace, String repository, long number) {
        return base + "/" + path(workspace + "/" + repository) + "/pull-requests/" + number;
    }

    String toComment(String workspace, String repository, long number, long comment) {
        return toPullRequest(workspace, repository, number) + "#comment-" + comment;
    }

    /** Parts that a browser would resolve away are left out. */
    static String path(String path) {
        return Arrays.stream(path.split("/"))
                .filter(part -> !part.isEmpty() && !part.equals(".") && !part.equals(".."))
                .map(Links::segment)
                .collect(Collectors.joining("/"));
    }

    static String segment(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
