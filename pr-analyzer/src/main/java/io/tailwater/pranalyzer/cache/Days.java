package io.tailwater.pranalyzer.cache;

import java.time.LocalDate;
import java.util.Collection;

/**
 * Days on which the same suppressions hold, so that a comparison is the same on all of them.
 *
 * @param first first of them
 * @param last last of them
 */
public record Days(LocalDate first, LocalDate last) {

    /**
     * The days around one on which none of the given last days of something comes to pass.
     *
     * @param day one of the days
     * @param lastDays when something holds for the last time
     */
    public static Days around(LocalDate day, Collection<LocalDate> lastDays) {
        LocalDate first = LocalDate.MIN;
        LocalDate last = LocalDate.MAX;
        for (LocalDate each : lastDays) {
            if (each.isBefore(day)) {
                first = each.plusDays(1).isAfter(first) ? each.plusDays(1) : first;
            } else {
                last = each.isBefore(last) ? each : last;
            }
        }
        return new Days(first, last);
    }
}
