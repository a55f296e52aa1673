package io.tailwater.lineage.graph;

import java.util.Locale;

/** The input shapes the result without giving it its value. */
public enum IndirectUse implements Dependency {
    /** Decides which rows meet. */
    JOIN,
    /** Decides which rows stay. */
    FILTER,
    /** Decides how rows are collected, {@code DISTINCT} included. */
    GROUP_BY,
    /** Decides row order, and with a limit which rows stay. */
    SORT,
    /** Decides the frame a function looks at. */
    WINDOW,
    /** Decides which branch supplies the value. */
    CONDITIONAL,
    /** The dataset is read, and no column of it is named: its rows count, e.g. {@code count(*)}. */
    ROWS;

    @Override
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
