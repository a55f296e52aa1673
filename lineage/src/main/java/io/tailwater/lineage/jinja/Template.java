package io.tailwater.lineage.jinja;

import java.util.Arrays;
import java.util.List;

/** A template, read and ready to be rendered any number of times. Immutable. */
public final class Template {
    private final String name;
    private final String source;
    private final int[] lineStarts;
    private List<Statement> body = List.of();

    private Template(String name, String source) {
        this.name = name;
        this.source = source;
        this.lineStarts = lineStarts(source);
    }

    /**
     * Reads a template.
     *
     * @param name name for messages and origins, as a rule the path of its file
     * @param source its text; line ends of any kind count as one line feed, as in Jinja
     * @throws TemplateException if the syntax is wrong
     */
    public static Template parse(String name, String source) {
        Template template = new Template(name, source.replace("\r\n", "\n").replace('\r', '\n'));
        template.body = new TemplateParser(template).parse();
        return template;
    }

    /** The name given when it was read. */
    public String name() {
        return name;
    }

    /** The text, with line feeds as line ends. */
    public String source() {
        return source;
    }

    /** The line of an offset in {@link #source()}, counted from 1. */
    public int lineOf(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Macros defined at the top of the template or inside tags there, in order. */
    public List<MacroDefinition> macros() {
        return body.stream()
                .filter(Statement.Macro.class::isInstance)
                .map(statement -> ((Statement.Macro) statement).definition())
                .toList();
    }

    /** Snapshot blocks at the top of the template, in order. */
    public List<NamedBlock> snapshots() {
        return body.stream()
                .filter(Statement.Snapshot.class::isInstance)
                .map(statement -> ((Statement.Snapshot) statement).block())
                .toList();
    }

    List<Statement> body() {
        return body;
    }

    private static int[] lineStarts(String source) {
        int[] starts = new int[(int) source.chars().filter(c -> c == '\n').count() + 1];
        int line = 1;
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) == '\n') {
                starts[line++] = i + 1;
            }
        }
        return starts;
    }
}
