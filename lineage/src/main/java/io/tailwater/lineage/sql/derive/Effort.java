package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.TooLarge;
import io.tailwater.lineage.sql.tree.SourceRange;

/**
 * How much may be made of one text: columns by stars and pivots, dependencies, queries derived again. In proportion to its length, with plenty for what is short,
 * so that a text which multiplies what it reads at every step is given up before it fills the memory. A statement that is given up leaves enough for others,
 * unless there are many such.
 */
final class Effort {

    private static final long FOR_EACH_STATEMENT = 1_000_000;
    private static final long FOR_EACH_TEXT = 4_000_000;
    private static final long FOR_EACH_CHARACTER = 10;

    private long leftOfText;
    private long leftOfStatement;

    Effort(int textLength) {
        this.leftOfText = FOR_EACH_TEXT + FOR_EACH_CHARACTER * textLength;
        this.leftOfStatement = leftOfText;
    }

    /** Starts upon another statement. */
    void begin(SourceRange statement) {
        leftOfStatement = FOR_EACH_STATEMENT + FOR_EACH_CHARACTER * (statement.end() - statement.start());
    }

    /**
     * Takes note of work.
     *
     * @param amount columns, dependencies or relations that are about to be made or copied
     * @throws TooLarge when it is more than the text's length excuses
     */
    void spend(long amount) {
        leftOfStatement -= amount;
        leftOfText -= amount;
        if (leftOfStatement < 0 || leftOfText < 0) {
            throw new TooLarge(
                    "its stars, joins and nested queries make too many columns and dependencies for its length");
        }
    }
}
