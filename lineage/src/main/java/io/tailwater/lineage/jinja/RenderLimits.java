package io.tailwater.lineage.jinja;

/**
 * How much one rendering may do. Counts, not clocks, so that the same template always ends the same way.
 *
 * @param steps statements and expressions evaluated, plus one for each character that an operation makes in memory beyond the first 16
 * @param nesting statements, expressions and macro calls inside one another
 * @param characters characters put out, those of macros included
 */
public record RenderLimits(long steps, int nesting, int characters) {
    /** Enough for the largest real projects seen, with a factor of ten to spare. */
    public static final RenderLimits USUAL = new RenderLimits(5_000_000, 200, 10_000_000);
}
