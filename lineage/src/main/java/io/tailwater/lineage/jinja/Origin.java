package io.tailwater.lineage.jinja;

import org.jspecify.annotations.Nullable;

/**
 * A place in a template.
 *
 * @param template the template
 * @param offset offset in its source, counted from 0
 * @param calledFrom where the macro that holds this place was called; null outside of macros
 */
public record Origin(
        Template template, int offset, @Nullable Origin calledFrom) {
    /** Line in the template, counted from 1. */
    public int line() {
        return template.lineOf(offset);
    }

    /** The place no macro call stands behind: in the template that was rendered. */
    public Origin outermost() {
        Origin place = this;
        while (place.calledFrom != null) {
            place = place.calledFrom;
        }
        return place;
    }

    @Override
    public String toString() {
        return template.name() + ":" + line() + (calledFrom == null ? "" : " called from " + calledFrom);
    }
}
