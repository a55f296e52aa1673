package io.tailwater.lineage.sql.parse;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.tailwater.lineage.sql.dialect.Dialect;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ParserFuzzTest {

    private static final int ROUNDS = 4_000;
    private static final String ALPHABET =
            "abcXYZ019_ \n\t.,;:()[]{}<>=!+-*/%&|^~?@#$'\"`\\\u00e9\u4e2d\ud83d\udca7\u0000";
    private static final List<String> WORDS = List.of(
            "select",
            "from",
            "where",
            "(",
            ")",
            ",",
            "join",
            "on",
            "union",
            "with",
            "as",
            "case",
            "when",
            "end",
            "then",
            "insert",
            "into",
            "values",
            "merge",
            "using",
            "create",
            "table",
            "view",
            "begin",
            "if",
            "in",
            "between",
            "and",
            "not",
            "exists",
            "over",
            "partition",
            "by",
            "order",
            "group",
            "limit",
            "'x'",
            "1",
            "a",
            "b.c",
            "*",
            "::",
            "[",
            "]",
            ";",
            "$$",
            "{{ x }}",
            "|>",
            "pivot",
            "for",
            "lateral",
            "unnest",
            "array",
            "struct<",
            ">",
            "interval",
            "cast",
            "copy",
            "@s",
            "alter",
            "procedure",
            "declare",
            "exec",
            "else",
            "/*",
            "--",
            "\n",
            "go\n",
            "delete",
            "update",
            "set",
            "=");

    private final long seed = Long.getLong("lineage.seed", 20_261_123L);
    private final Random random = new Random(seed);

    @Test
    void randomCharactersNeverThrow() {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(200); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            check(text.toString());
        }
    }

    @Test
    void randomWordsNeverThrow() {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
            }
            check(text.toString());
        }
    }

    @Test
    void mutatedStatementsNeverThrow() {
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(
                    Samples.ALL.get(random.nextInt(Samples.ALL.size())).sql());
            for (int changes = 1 + random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
                mutate(text);
            }
            check(text.toString());
        }
    }

    private void mutate(StringBuilder text) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(4)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
            case 2 -> text.insert(at, text.substring(at, to));
            default -> text.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
    }

    private void check(String sql) {
        Dialect dialect = Dialect.all().get(random.nextInt(Dialect.all().size()));
        assertThatCode(() -> SqlParser.parse(sql, dialect, ParseLimits.DEFAULT))
                .as("seed %d, dialect %s, text <%s>", seed, dialect, sql)
                .doesNotThrowAnyException();
    }
}
