package io.tailwater.lineage.jinja;

import org.jspecify.annotations.Nullable;

/** A template that cannot be read or rendered: bad syntax, an operation Python would refuse, or a limit. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private transient @Nullable Origin origin;

    /** A problem whose place is not known yet; the interpreter adds it. */
    public TemplateException(String message) {
        super(message, null, false, false);
    }

    TemplateException(String message, Origin origin) {
        this(message);
        this.origin = origin;
    }

    /** Where it happened; null where no place is known. */
    public @Nullable Origin origin() {
        return origin;
    }

    TemplateException at(Origin place) {
        if (origin == null) {
            origin = place;
        }
        return this;
    }
}
