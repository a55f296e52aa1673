package io.tailwater.console.http;

import io.javalin.http.Context;
import io.tailwater.console.activity.Activities;
import io.tailwater.console.activity.Who;
import io.tailwater.console.model.DeadLetterRow;
import io.tailwater.console.model.Records;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Taking a dead letter up again, by page or API. */
final class Retry {

    private final ConsoleParts parts;

    Retry(ConsoleParts parts) {
        this.parts = parts;
    }

    /** The dead letter that an address names; empty when there is none. */
    static Optional<DeadLetterRow> named(ConsoleParts parts, Context context) {
        String partition = context.pathParam("partition");
        String offset = context.pathParam("offset");
        if (!partition.matches("\\d{1,9}") || !offset.matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return parts.model()
                .records()
                .deadLetter(context.pathParam("topic"), Integer.parseInt(partition), Long.parseLong(offset));
    }

    /**
     * Takes it up again.
     *
     * @return why that cannot be done, as a sentence; empty when it was
     * @throws KafkaException when Kafka does not give or take it
     */
    Optional<String> run(Who who, DeadLetterRow letter) throws InterruptedException {
        boolean found;
        try {
            found = parts.deadLetters().retry(letter.topic(), letter.partition(), letter.offset());
        } catch (KafkaException e) {
            note(who, letter, false, e.getClass().getSimpleName());
            throw e;
        }
        note(who, letter, found, found ? "" : "the topic no longer keeps it");
        return found ? Optional.empty() : Optional.of("The topic no longer keeps this record.");
    }

    private void note(Who who, DeadLetterRow letter, boolean succeeded, String detail) {
        parts.activities()
                .add(Activities.of(who, Records.RETRIED, parts.clock())
                        .setSubject(letter.name())
                        .setSucceeded(succeeded)
                        .setDetail(detail)
                        .build());
    }
}
