package io.tailwater.publisher.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/** What must hold of every comment, looked at as a renderer sees it. */
final class CommentChecks {

    static final CommentLinks LINKS = new CommentLinks(
            URI.create("https://bitbucket.example"), Optional.of(URI.create("https://tailwater.example")));

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();

    private CommentChecks() {}

    /** Checks size, and that nothing but our own links, lists, tables, code and emphasis arises. */
    static void check(String markdown) {
        assertThat(markdown.lines().count()).isLessThanOrEqualTo(58);
        assertThat(markdown.length()).isLessThanOrEqualTo(30_500);
        assertThat(markdown).doesNotContain("\u202e", "\u200b", "\r", "\u0007");
        Seen seen = new Seen();
        PARSER.parse(markdown).accept(seen);
        assertThat(seen.forbidden).as("in%n%s", markdown).isEmpty();
        assertThat(seen.links)
                .as("links of%n%s", markdown)
                .allMatch(link -> link.startsWith("https://bitbucket.example/")
                        || link.startsWith("https://tailwater.example/r/"));
        assertThat(seen.texts)
                .as("text outside code of%n%s", markdown)
                .noneMatch(text -> text.matches(".*(@|<|>|#\\d|://|\\[|]|`|[A-Z]+-\\d).*"));
    }

    private static final class Seen extends AbstractVisitor {
        private final List<String> forbidden = new ArrayList<>();
        private final List<String> links = new ArrayList<>();
        private final List<String> texts = new ArrayList<>();

        private void forbid(Node node) {
            forbidden.add(node.toString());
        }

        @Override
        public void visit(HtmlInline node) {
            forbid(node);
        }

        @Override
        public void visit(HtmlBlock node) {
            forbid(node);
        }

        @Override
        public void visit(Image node) {
            forbid(node);
        }

        @Override
        public void visit(Heading node) {
            forbid(node);
        }

        @Override
        public void visit(BlockQuote node) {
            forbid(node);
        }

        @Override
        public void visit(IndentedCodeBlock node) {
            forbid(node);
        }

        @Override
        public void visit(FencedCodeBlock node) {
            forbid(node);
        }

        @Override
        public void visit(ThematicBreak node) {
            forbid(node);
        }

        @Override
        public void visit(Link node) {
            links.add(node.getDestination());
            visitChildren(node);
        }

        @Override
        public void visit(Text node) {
            texts.add(node.getLiteral());
        }

        @Override
        public void visit(CustomNode node) {
            if (node instanceof TableRow && cells(node) != 3) {
                forbid(node);
            }
            visitChildren(node);
        }

        private static int cells(Node row) {
            int cells = 0;
            for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                cells += cell instanceof TableCell ? 1 : 0;
            }
            return cells;
        }
    }
}
