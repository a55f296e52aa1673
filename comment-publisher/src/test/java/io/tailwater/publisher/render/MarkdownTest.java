package io.tailwater.publisher.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '⇒', quoteCharacter = '"', textBlock = """
                    plain words, and a number 7.       ⇒ plain words, and a number 7.
                    filter `status <> 'test'` added    ⇒ filter `status <> 'test'` added
                    column a_b is gone                 ⇒ column `a_b` is gone
                    ask @all now                       ⇒ ask `@all` now
                    see https://evil.example please    ⇒ see `https://evil.example` please
                    see PROJ-12 and 9c1f2ab            ⇒ see `PROJ-12` and `9c1f2ab`
                    <b>bold</b> move                   ⇒ `<b>bold</b>` move
                    a || b                             ⇒ a `¦¦` b
                    one ` tick                         ⇒ one `'` tick
                    reads x.y.                         ⇒ reads `x.y`.
                    don't re-run                       ⇒ don't re-run
                    **loud** __init__                  ⇒ `**loud** __init__`
                    """)
    void keepsPlainWordsAndPutsTheRestIntoCode(String text, String written) {
        assertThat(Markdown.sentence(text)).isEqualTo(written);
    }

    @Test
    void makesOneVisibleLineOfAName() {
        assertThat(Markdown.code(" a\n\tb\u202ec\u200b\u0000 ")).isEqualTo("`a bc`");
        assertThat(Markdown.code("\n")).isEqualTo("`?`");
        assertThat(Markdown.code("a`b|c")).isEqualTo("`a'b¦c`");
    }

    @Test
    void cutsALongNameInTheMiddleBetweenCharacters() {
        String cut = Markdown.code("😀".repeat(200));

        assertThat(cut.codePointCount(0, cut.length())).isEqualTo(Markdown.LONGEST_NAME + 2);
        assertThat(cut).contains("😀…😀").doesNotContain("?");
    }

    @Test
    void emphasisesPlainNamesOnly() {
        assertThat(Markdown.emphasised("Weekly revenue")).isEqualTo("*Weekly revenue*");
        assertThat(Markdown.emphasised("data@acme.example")).isEqualTo("`data@acme.example`");
        assertThat(Markdown.emphasised("a*b")).isEqualTo("`a*b`");
        assertThat(Markdown.emphasised("")).isEqualTo("`?`");
    }

    @Test
    void linksFilesWithOddNames() {
        assertThat(Markdown.fileLink("a/b/stg_x.sql", 3, "https://x")).isEqualTo("[stg_x.sql:3](https://x)");
        assertThat(Markdown.fileLink("__init__.py", 3, "https://x")).isEqualTo("[`__init__.py:3`](https://x)");
        assertThat(Markdown.fileLink("a/b](c).sql", 0, "https://x")).isEqualTo("[`b](c).sql`](https://x)");
        assertThat(Markdown.encodedPath("a b/(c)/é#?%")).isEqualTo("a%20b/%28c%29/%C3%A9%23%3F%25");
    }
}
