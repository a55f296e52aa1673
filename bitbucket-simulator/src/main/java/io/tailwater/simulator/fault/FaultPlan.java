package io.tailwater.simulator.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Faults waiting for matching requests, used up in the order in which they were planned. */
public final class FaultPlan {

    private static final class Planned {
        private final String method;
        private final Pattern path;
        private final Fault fault;
        private int left;

        Planned(int times, String method, Pattern path, Fault fault) {
            this.left = times;
            this.method = method;
            this.path = path;
            this.fault = fault;
        }
    }

    private final List<Planned> planned = new ArrayList<>();

    /**
     * Plans a fault for the next requests that match.
     *
     * @param times how many requests it meets, at least 1
     * @param method HTTP method, or {@code *} for any
     * @param pathPattern regular expression found somewhere in the path, e.g. {@code /comments$}
     */
    public synchronized void next(int times, String method, String pathPattern, Fault fault) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault must be planned at least once, not " + times + " times");
        }
        planned.add(new Planned(times, method.toUpperCase(Locale.ROOT), Pattern.compile(pathPattern), fault));
    }

    /** Forgets all planned faults. */
    public synchronized void clear() {
        planned.clear();
    }

    /** Planned faults that no request has met yet. */
    public synchronized int waiting() {
        return planned.stream().mapToInt(plan -> plan.left).sum();
    }

    /** Takes the fault for a request, if one is planned. */
    public synchronized Optional<Fault> take(String method, String path) {
        Iterator<Planned> all = planned.iterator();
        while (all.hasNext()) {
            Planned plan = all.next();
            boolean sameMethod = plan.method.equals("*") || plan.method.equalsIgnoreCase(method);
            if (sameMethod && plan.path.matcher(path).find()) {
                plan.left--;
                if (plan.left == 0) {
                    all.remove();
                }
                return Optional.of(plan.fault);
            }
        }
        return Optional.empty();
    }
}
