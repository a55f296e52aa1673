package io.tailwater.lineage.sql.parse;

import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.dialect.Keyword;
import io.tailwater.lineage.sql.parse.Tokens.Kind;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the parser stands among the tokens, how deep it is, and what it had to skip so far. */
final class TokenCursor {

    final String sql;
    final Dialect dialect;
    final Tokens tokens;
    final List<Recovery> recoveries = new ArrayList<>();
    private final int maxDepth;
    private final int maxTokens;
    private final NamePool names = new NamePool();
    int index;
    private int depth;

    TokenCursor(String sql, Dialect dialect, ParseLimits limits) {
        this.sql = sql;
        this.dialect = dialect;
        this.tokens = Tokenizer.tokenize(sql, dialect, limits.maxTokens());
        this.maxTokens = limits.maxTokens();
        this.maxDepth = limits.maxDepth();
        for (SourceRange tag : tokens.templateTags()) {
            recoveries.add(new Recovery(tag, "a tag of a template language was left in the text"));
        }
    }

    /** Goes one level deeper; every nesting construct calls this, and {@link #leave} in the end. */
    void enter() {
        enter(1);
    }

    /** Goes deeper by {@code levels}: constructs that need more of the stack count for more. */
    void enter(int levels) {
        depth += levels;
        if (depth > maxDepth) {
            throw new SyntaxError("nested deeper than " + maxDepth + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** The limits for a text inside of this one. */
    ParseLimits remainingLimits() {
        return new ParseLimits(Integer.MAX_VALUE, maxTokens, Math.max(1, maxDepth - depth));
    }

    /** Checks that a chain which nests to the left, like casts of casts, is no deeper than anything else may be. */
    void boundChain(int length) {
        if (length > maxDepth) {
            throw new SyntaxError("a chain longer than " + maxDepth);
        }
    }

    void leave(int levels) {
        depth -= levels;
    }

    int depth() {
        return depth;
    }

    /** Takes the cursor back out to a level, after an error. */
    void resetDepth(int level) {
        depth = level;
    }

    Kind kind(int ahead) {
        return tokens.kind(Math.min(index + ahead, tokens.count() - 1));
    }

    @Nullable
    Keyword keyword(int ahead) {
        return tokens.keyword(Math.min(index + ahead, tokens.count() - 1));
    }

    boolean at(int ahead, Keyword keyword) {
        return tokens.is(Math.min(index + ahead, tokens.count() - 1), keyword);
    }

    boolean at(int ahead, int symbol) {
        return tokens.is(Math.min(index + ahead, tokens.count() - 1), symbol);
    }

    void advance() {
        if (index < tokens.count() - 1) {
            index++;
        }
    }

    /** Whether no space stands between the current token and the one before. */
    boolean touchesPrevious() {
        return index > 0 && tokens.end(index - 1) == tokens.start(index);
    }

    /** Whether no space stands between the current token and the next. */
    boolean nextTouches() {
        return index + 1 < tokens.count() && tokens.end(index) == tokens.start(index + 1);
    }

    String text(int token) {
        return names.text(sql, tokens.start(token), tokens.end(token));
    }

    String text(int start, int end) {
        return names.text(sql, start, end);
    }

    /** The range from the token at {@code from} to the token before the cursor; empty if that is none. */
    SourceRange rangeFrom(int from) {
        int start = tokens.start(from);
        return new SourceRange(start, index > from ? tokens.end(index - 1) : start);
    }

    /** What stands at the cursor, for messages. */
    String found() {
        if (kind(0) == Kind.END) {
            return "end of text";
        }
        String text = sql.substring(tokens.start(index), Math.min(tokens.end(index), tokens.start(index) + 40));
        return kind(0) == Kind.BAD ? "unfinished or unknown text " + text : text;
    }

    SyntaxError error(String expected) {
        return new SyntaxError("expected " + expected + " but found " + found());
    }

    /** Drops the recoveries behind the first {@code count}: what they tell is part of something larger now. */
    void forgetRecoveries(int count) {
        recoveries.subList(count, recoveries.size()).clear();
    }

    void recovered(int fromToken, String reason) {
        recoveries.add(new Recovery(rangeFrom(fromToken), reason));
    }
}
