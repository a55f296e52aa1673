package io.tailwater.lineage.jinja;

import org.jspecify.annotations.Nullable;

/**
 * Where execution stands.
 *
 * @param template the template whose text is executed
 * @param scope names it sees
 * @param out what it has put out
 * @param calledFrom where the macro was called that is executed; null outside of macros
 */
record Frame(
        Template template,
        Scope scope,
        Text.Builder out,
        @Nullable Origin calledFrom) {
    Frame inner() {
        return new Frame(template, new Scope(scope), out, calledFrom);
    }

    Frame capturing() {
        return new Frame(template, new Scope(scope), new Text.Builder(), calledFrom);
    }

    Origin at(int offset) {
        return new Origin(template, offset, calledFrom);
    }
}
