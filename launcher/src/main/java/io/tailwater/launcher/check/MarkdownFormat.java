package io.tailwater.launcher.check;

import io.tailwater.publisher.render.CommentLinks;
import io.tailwater.publisher.render.CommentRenderer;
import io.tailwater.publisher.render.Subject;
import io.tailwater.schemas.report.Comparison;
import java.net.URI;
import java.util.Optional;

/** The very comment that would stand on the pull request. */
public final class MarkdownFormat implements ComparisonFormat {

    private static final CommentLinks LINKS = new CommentLinks(URI.create("https://bitbucket.org"), Optional.empty());

    @Override
    public String format(String repository, Comparison comparison) {
        Subject subject = new Subject(
                repository,
                comparison
                        .getBase()
                        .substring(0, Math.min(7, comparison.getBase().length())),
                Optional.empty());
        return new CommentRenderer(LINKS)
                        .render(subject, comparison, Optional.empty())
                        .markdown() + "\n";
    }
}
