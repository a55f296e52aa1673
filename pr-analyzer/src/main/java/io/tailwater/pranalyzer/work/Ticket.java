package io.tailwater.pranalyzer.work;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One piece of work. It may be done twice, after a crash or when its task moves, so it must have no effect but its result.
 *
 * @param id names it at its desk; a newer ticket of the same id replaces an older one that has not begun
 * @param version tells results of replaced tickets apart
 * @param lane work of one lane is never done at the same time; here a repository
 * @param priority what goes first
 * @param order within a priority, smaller goes first
 * @param work does it, on a thread of the pool
 * @param onFailure makes a result of what the work threw
 * @param <R> result
 */
public record Ticket<R>(
        String id,
        String version,
        String lane,
        Priority priority,
        long order,
        Supplier<R> work,
        Function<Throwable, R> onFailure) {}
