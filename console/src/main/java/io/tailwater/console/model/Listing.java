package io.tailwater.console.model;

import java.util.List;

/**
 * One page of a longer list.
 *
 * @param rows what is on it
 * @param page its number, from 1
 * @param pageSize most rows of a page
 * @param total rows of all pages
 * @param <R> row
 */
public record Listing<R>(List<R> rows, int page, int pageSize, long total) {

    /** Rows of a page where nothing else is asked for. */
    public static final int USUAL_SIZE = 25;

    /** Most rows that are given at once. */
    public static final int LARGEST_SIZE = 200;

    /** Copies the rows. */
    public Listing {
        rows = List.copyOf(rows);
    }

    /** Number of the last page, at least 1. */
    public int pages() {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (total + pageSize - 1) / pageSize));
    }
}
