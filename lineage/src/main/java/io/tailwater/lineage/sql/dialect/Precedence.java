package io.tailwater.lineage.sql.dialect;

/** How strongly operators bind, weakest first. Where databases disagree we follow Postgres: lineage is the same either way. */
public final class Precedence {
    /** Assignment, {@code :=}. */
    public static final int ASSIGN = 1;
    /** {@code OR}, {@code XOR}. */
    public static final int OR = 2;
    /** {@code AND}. */
    public static final int AND = 3;
    /** Prefix {@code NOT}. */
    public static final int NOT = 4;
    /** Comparisons, {@code IS}. */
    public static final int COMPARE = 5;
    /** {@code LIKE}, {@code IN}, {@code BETWEEN}. */
    public static final int PREDICATE = 6;
    /** Bit operations, concatenation, document operators and whatever else. */
    public static final int OTHER = 7;
    /** {@code +}, {@code -}. */
    public static final int ADD = 8;
    /** {@code *}, {@code /}, {@code %}. */
    public static final int MULTIPLY = 9;
    /** Power. */
    public static final int POWER = 10;
    /** Prefix {@code -}, {@code +}, {@code ~}. */
    public static final int UNARY = 11;

    private Precedence() {}
}
