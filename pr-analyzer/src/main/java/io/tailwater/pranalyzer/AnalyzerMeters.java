package io.tailwater.pranalyzer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailwater.pranalyzer.topology.TopologyMeters;
import io.tailwater.pranalyzer.work.WorkPool;
import io.tailwater.schemas.report.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what the topology does. */
final class AnalyzerMeters implements TopologyMeters {

    private record Work(int open, int parked) {}

    private final Counter skipped;
    private final Counter duplicates;
    private final Counter late;
    private final Counter retried;
    private final Counter written;
    private final Counter removed;
    private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
    private final Map<String, Work> work = new ConcurrentHashMap<>();

    AnalyzerMeters(MeterRegistry registry, WorkPool pool) {
        skipped = counter(registry, "tailwater.deliveries.skipped", "Deliveries that ask for nothing");
        duplicates = counter(registry, "tailwater.events.duplicate", "Events that said what another one had said");
        late = counter(registry, "tailwater.events.late", "Events that came after a newer one and changed nothing");
        retried = counter(registry, "tailwater.analyses.retried", "Analyses that have to be tried again");
        written = counter(registry, "tailwater.assets.written", "Datasets written from default branches");
        removed = counter(registry, "tailwater.assets.removed", "Datasets that vanished from default branches");
        for (Outcome outcome : Outcome.values()) {
            ended.put(
                    outcome,
                    Counter.builder("tailwater.analyses")
                            .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                            .description("Analyses by how they ended")
                            .register(registry));
        }
        Gauge.builder("tailwater.work.open", this, AnalyzerMeters::open)
                .description("Pieces of work not finished, parked ones included")
                .register(registry);
        Gauge.builder("tailwater.work.parked", this, AnalyzerMeters::parked)
                .description("Pieces of work waiting for a token")
                .register(registry);
        Gauge.builder("tailwater.work.running", pool, WorkPool::running)
                .description("Pieces of work being done")
                .register(registry);
    }

    /** Pieces of work of this process that are not finished, parked ones included. */
    int open() {
        return work.values().stream().mapToInt(Work::open).sum();
    }

    /** Pieces of work of this process that wait for a token. */
    int parked() {
        return work.values().stream().mapToInt(Work::parked).sum();
    }

    @Override
    public void deliverySkipped(String eventKey, String reason) {
        skipped.increment();
    }

    @Override
    public void duplicate() {
        duplicates.increment();
    }

    @Override
    public void lateEvent() {
        late.increment();
    }

    @Override
    public void ended(Outcome outcome) {
        Counter counter = ended.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void retried() {
        retried.increment();
    }

    @Override
    public void work(String task, int open, int parked) {
        if (open == 0) {
            work.remove(task);
        } else {
            work.put(task, new Work(open, parked));
        }
    }

    @Override
    public void baseline(int assetsWritten, int assetsRemoved) {
        written.increment(assetsWritten);
        removed.increment(assetsRemoved);
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
