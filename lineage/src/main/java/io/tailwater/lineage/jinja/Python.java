package io.tailwater.lineage.jinja;

/** Functions of Python that hosts offer to their templates. */
public final class Python {
    private Python() {}

    /** {@code json.dumps(value)}. */
    public static String json(Value value) {
        return Json.write(value, false);
    }

    /** {@code set(iterable)}. */
    public static Value set(Interpreter interpreter, Value iterable) {
        return Value.Unique.of(interpreter.iterate(iterable));
    }

    /** Whether Python takes the character for white space, no-break spaces included. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
