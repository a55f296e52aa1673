package io.tailwater.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What those who operate a service ask it: {@code /health/live}, {@code /health/ready} and {@code /metrics}; the same whichever
 * listener serves it.
 */
public final class OperatorPages {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorPages.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, HealthCheck> checks;
    private final Metrics metrics;

    /**
     * An answer to a GET.
     *
     * @param status HTTP status
     * @param contentType media type of the body, charset included
     * @param body text of the body
     */
    public record Page(int status, String contentType, String body) {}

    /**
     * Pages of one service.
     *
     * @param checks its parts by name; it is ready while all of them work
     * @param metrics what {@code /metrics} shows
     */
    public OperatorPages(Map<String, HealthCheck> checks, Metrics metrics) {
        this.checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
        this.metrics = metrics;
    }

    /** What stands at a path; empty when nothing does. */
    public Optional<Page> at(String path) {
        return switch (path) {
            case "/health/live" -> Optional.of(new Page(200, JSON_TYPE, "{\"status\":\"live\"}"));
            case "/health/ready" -> Optional.of(readiness());
            case "/metrics" -> Optional.of(new Page(200, METRICS_TYPE, metrics.scrape()));
            default -> Optional.empty();
        };
    }

    private Page readiness() {
        Map<String, CheckResult> results = results();
        boolean ready = results.values().stream().allMatch(CheckResult::isWorking);
        return new Page(ready ? 200 : 503, JSON_TYPE, toJson(ready, results));
    }

    /** How every part stands now, by name. */
    public Map<String, CheckResult> results() {
        Map<String, CheckResult> results = new LinkedHashMap<>();
        checks.forEach((name, check) -> results.put(name, ask(name, check)));
        return results;
    }

    private static CheckResult ask(String name, HealthCheck check) {
        try {
            return check.check();
        } catch (RuntimeException e) {
            LOGGER.atError().addKeyValue("check", name).setCause(e).log("a health check itself went wrong");
            return CheckResult.notWorking(
                    "the check itself went wrong: " + e.getClass().getSimpleName());
        }
    }

    private static String toJson(boolean ready, Map<String, CheckResult> results) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", ready ? "ready" : "not ready");
            json.writeObjectFieldStart("checks");
            for (Map.Entry<String, CheckResult> result : results.entrySet()) {
                json.writeObjectFieldStart(result.getKey());
                json.writeBooleanField("working", result.getValue().isWorking());
                json.writeStringField("detail", result.getValue().detail());
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }
}
