package io.tailwater.simulator.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void showsRawHtmlAsText() {
        assertThat(Markdown.toHtml("a <script>alert(1)</script>\n\n<details>x</details>"))
                .doesNotContain("<script>")
                .doesNotContain("<details>")
                .contains("&lt;script&gt;");
    }

    @Test
    void refusesLinksThatRunScripts() {
        assertThat(Markdown.toHtml("[x](javascript:alert(1))")).doesNotContain("javascript:");
    }

    @Test
    void hidesAMarkerOnTheFirstLine() {
        assertThat(Markdown.toHtml("[tailwater]: https://x.example/r/1\n**1 break**"))
                .isEqualTo("<p><strong>1 break</strong></p>\n");
    }

    @Test
    void rendersTablesAndListsAfterABlankLine() {
        assertThat(Markdown.toHtml("text\n\n| a | b |\n|---|---|\n| 1 | 2 |")).contains("<table>");
        assertThat(Markdown.toHtml("text\n\n- one\n- two")).contains("<li>one</li>");
        assertThat(Markdown.toHtml("text\n\n1. one\n2. two")).contains("<ol>");
    }

    @Test
    void showsTheDashesOfAListGluedToAParagraph() {
        assertThat(Markdown.toHtml("text\n- one\n- two")).doesNotContain("<li>").contains("- one");
        assertThat(Markdown.toHtml("text\n1. one")).doesNotContain("<li>").contains("1. one");
        assertThat(Markdown.toHtml("text\n| a | b |\n|---|---|\n| 1 | 2 |")).doesNotContain("<table>");
    }

    @Test
    void nestsListsOnlyAtFourSpaces() {
        assertThat(Markdown.toHtml("- one\n  - two")).containsOnlyOnce("<ul>");
        assertThat(Markdown.toHtml("- one\n    - two")).contains("<ul>\n<li>one\n<ul>");
    }

    @Test
    void keepsWhatContinuesAListItem() {
        assertThat(Markdown.toHtml("1. **a** is gone\n   [x.sql:1](https://x.example/) · owner\n   Way out: keep it"))
                .contains("<ol>")
                .contains("href=\"https://x.example/\">x.sql:1</a>")
                .contains("Way out");
    }

    @Test
    void leavesCodeAlone() {
        assertThat(Markdown.toHtml("```\ntext\n- one\n# two\n```")).contains("text\n- one\n# two");
    }
}
