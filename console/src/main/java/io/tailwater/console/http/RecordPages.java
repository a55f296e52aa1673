package io.tailwater.console.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.console.model.ActivityRow;
import io.tailwater.console.model.DeadLetterRow;
import io.tailwater.console.model.Listing;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Dead letters and activity. */
final class RecordPages {

    private final ConsoleParts parts;
    private final Retry retry;

    /**
     * An activity as the page shows it.
     *
     * @param row the activity
     * @param action what was done, in words
     */
    public record Shown(ActivityRow row, String action) {}

    RecordPages(ConsoleParts parts) {
        this.parts = parts;
        this.retry = new Retry(parts);
    }

    void register(RoutesConfig routes) {
        routes.get("/dead-letters", this::deadLetters);
        routes.post("/dead-letters/{topic}/{partition}/{offset}/retry", this::retry);
        routes.get("/activity", this::activity);
    }

    private void deadLetters(Context context) {
        Visit visit = Visit.of(context);
        Listing<DeadLetterRow> letters = parts.model().records().deadLetters(visit.page(), Listing.USUAL_SIZE);
        visit.show("dead-letters", "dead-letters", Map.of("letters", letters));
    }

    private void retry(Context context) throws InterruptedException {
        Visit visit = Visit.of(context);
        DeadLetterRow letter = Retry.named(parts, context)
                .orElseThrow(() -> new NoSuchElementException("There is no such dead letter any more."));
        try {
            Optional<String> problem = retry.run(visit.who(), letter);
            visit.say(
                    problem.orElse("Written to " + letter.sourceTopic() + " once more; it is being worked on."),
                    problem.isPresent() ? "warn" : "good");
        } catch (KafkaException e) {
            visit.say("Kafka did not take the record; nothing was done. Try again in a moment.", "bad");
        }
        visit.goTo("/dead-letters");
    }

    private void activity(Context context) {
        Visit visit = Visit.of(context);
        Listing<ActivityRow> found = parts.model().records().activities(visit.page(), 50);
        List<Shown> shown = found.rows().stream()
                .map(row -> new Shown(row, Words.ofAction(row.action())))
                .toList();
        visit.show("activity", "activity", Map.of("activities", new Listing<>(shown, found.page(), 50, found.total())));
    }
}
