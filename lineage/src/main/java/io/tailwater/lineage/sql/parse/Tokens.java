package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a text, as parallel arrays; comments and white space are left out. The last token is always {@link Kind#END}. */
final class Tokens {

    /** What a token is. */
    enum Kind {
        /** An unquoted word; its code is the keyword's. */
        WORD,
        /** A quoted name. */
        QUOTED,
        /** A string; its code is the prefix letter in capitals, or 0. */
        STRING,
        NUMBER,
        /** Punctuation or an operator; its code is that of {@code Symbols}. */
        SYMBOL,
        /** {@code @name}, {@code $name}, {@code $1}. */
        VARIABLE,
        /** {@code @stage/path}. */
        STAGE,
        /** A placeholder of a template language. */
        TEMPLATE,
        /** What starts no token, or is never closed. */
        BAD,
        END
    }

    private static final Kind[] KINDS = Kind.values();
    private static final Keyword[] KEYWORDS = Keyword.values();

    private byte[] kinds = new byte[256];
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int[] codes = new int[256];
    private int count;
    private final List<SourceRange> templateTags = new ArrayList<>(0);

    void add(Kind kind, int start, int end, int code) {
        if (count == kinds.length) {
            int larger = count * 2;
            kinds = Arrays.copyOf(kinds, larger);
            starts = Arrays.copyOf(starts, larger);
            ends = Arrays.copyOf(ends, larger);
            codes = Arrays.copyOf(codes, larger);
        }
        kinds[count] = (byte) kind.ordinal();
        starts[count] = start;
        ends[count] = end;
        codes[count] = code;
        count++;
    }

    /** Notes a tag like {@code {% if … %}}, which is no token. */
    void addTemplateTag(int start, int end) {
        templateTags.add(new SourceRange(start, end));
    }

    /** Tags of a template language that were left in the text. */
    List<SourceRange> templateTags() {
        return templateTags;
    }

    /** The code of a word token. */
    static int codeOf(@Nullable Keyword keyword) {
        return keyword == null ? 0 : keyword.ordinal() + 1;
    }

    int count() {
        return count;
    }

    Kind kind(int token) {
        return KINDS[kinds[token]];
    }

    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    int code(int token) {
        return codes[token];
    }

    /** The keyword of a word token; null for other words and other tokens. */
    @Nullable
    Keyword keyword(int token) {
        return kinds[token] == 0 && codes[token] != 0 ? KEYWORDS[codes[token] - 1] : null;
    }

    boolean is(int token, Keyword keyword) {
        return kinds[token] == 0 && codes[token] == keyword.ordinal() + 1;
    }

    boolean is(int token, int symbol) {
        return codes[token] == symbol && kinds[token] == Kind.SYMBOL.ordinal();
    }
}
