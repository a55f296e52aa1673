package io.tailwater.ingest.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tailwater.ingest.produce.DeliveryStore;
import io.tailwater.ingest.produce.StoreOutcome;
import io.tailwater.ingest.webhook.Admission;
import io.tailwater.ingest.webhook.Answer;
import io.tailwater.ingest.webhook.DeliveryExaminer;
import io.tailwater.ingest.webhook.DeliveryHeaders;
import io.tailwater.ingest.webhook.Examination;
import io.tailwater.service.LogKeys;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one delivery after the other from Javalin and answers it; keeps nothing between them. */
final class WebhookHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(WebhookHandler.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final DeliveryExaminer examiner;
    private final BodyReader bodies;
    private final DeliveryStore deliveries;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Executor answering;
    private final RefusalLog refusals = new RefusalLog(System::nanoTime);
    private final Semaphore room;

    /**
     * A handler.
     *
     * @param maxConcurrent how many deliveries may be in memory at once
     * @param answering runs what follows Kafka's acknowledgement, since Kafka's own thread must not write to a slow client
     */
    WebhookHandler(
            DeliveryExaminer examiner,
            BodyReader bodies,
            DeliveryStore deliveries,
            MeterRegistry meters,
            InstantSource clock,
            int maxConcurrent,
            Executor answering) {
        this.examiner = examiner;
        this.bodies = bodies;
        this.deliveries = deliveries;
        this.meters = meters;
        this.clock = clock;
        this.answering = answering;
        this.room = new Semaphore(maxConcurrent);
    }

    /** Handles a delivery. */
    void handle(Context context) {
        Timer.Sample started = Timer.start(meters);
        if (!room.tryAcquire()) {
            answer(context, started, Answer.BUSY, "");
            return;
        }
        boolean goesOn = false;
        try {
            goesOn = handleWithRoom(context, started);
        } finally {
            if (!goesOn) {
                room.release();
            }
        }
    }

    /** Whether the answer is still to come, so that the room stays taken. */
    private boolean handleWithRoom(Context context, Timer.Sample started) {
        DeliveryHeaders headers = new DeliveryHeaders(context.headerMap());
        return switch (examiner.admit(context.pathParam(WebhookServer.CONNECTION), headers)) {
            case Admission.Refused refused -> answer(context, started, refused.answer(), "");
            case Admission.Admitted admitted -> readBody(context, started, headers, admitted);
        };
    }

    private boolean readBody(
            Context context, Timer.Sample started, DeliveryHeaders headers, Admission.Admitted admitted) {
        return switch (bodies.read(context.bodyInputStream(), announcedLength(context))) {
            case BodyReader.Body.TooLarge tooLarge -> answer(context, started, Answer.BODY_TOO_LARGE, "");
            case BodyReader.Body.Truncated truncated -> answer(context, started, Answer.BODY_TRUNCATED, "");
            case BodyReader.Body.TooSlow tooSlow -> answer(context, started, Answer.BODY_TOO_SLOW, "");
            case BodyReader.Body.Complete complete -> examine(context, started, headers, admitted, complete.bytes());
        };
    }

    private boolean examine(
            Context context, Timer.Sample started, DeliveryHeaders headers, Admission.Admitted admitted, byte[] body) {
        return switch (DeliveryExaminer.examine(admitted, headers, body, clock.instant())) {
            case Examination.Refused refused -> answer(context, started, refused.answer(), "");
            case Examination.Accepted accepted -> store(context, started, accepted);
        };
    }

    private boolean store(Context context, Timer.Sample started, Examination.Accepted accepted) {
        context.future(() -> {
            try {
                return deliveries
                        .store(accepted.key(), accepted.delivery())
                        .thenAcceptAsync(outcome -> answerStored(context, started, accepted, outcome), answering)
                        .whenComplete((nothing, failure) -> room.release());
            } catch (RuntimeException e) {
                room.release();
                throw e;
            }
        });
        return true;
    }

    private void answerStored(
            Context context, Timer.Sample started, Examination.Accepted accepted, StoreOutcome outcome) {
        switch (outcome) {
            case StoreOutcome.Stored stored -> {
                LOGGER.atInfo()
                        .addKeyValue(LogKeys.CONNECTION, accepted.delivery().getConnectionId())
                        .addKeyValue(LogKeys.REQUEST, accepted.delivery().getRequestId())
                        .addKeyValue(LogKeys.EVENT, accepted.delivery().getEventKey())
                        .addKeyValue(LogKeys.REPOSITORY, accepted.key().text())
                        .addKeyValue(LogKeys.PARTITION, stored.partition())
                        .addKeyValue(LogKeys.OFFSET, stored.offset())
                        .log("stored a delivery");
                answer(context, started, Answer.STORED, "");
            }
            case StoreOutcome.TooLarge tooLarge ->
                answer(context, started, Answer.BODY_TOO_LARGE, "beyond the topic's max.message.bytes");
            case StoreOutcome.Unavailable unavailable ->
                answer(context, started, Answer.KAFKA_UNAVAILABLE, unavailable.reason());
        }
    }

    /** Writes an answer; false, for the answer is given. */
    private boolean answer(Context context, Timer.Sample started, Answer answer, String detail) {
        if (answer != Answer.STORED) {
            refusals.note(answer, context.pathParam(WebhookServer.CONNECTION), detail);
        }
        write(context, answer);
        started.stop(timer(answer));
        return false;
    }

    /** Counts and writes an answer to a request that was no delivery. */
    void answerOther(Context context, Answer answer) {
        Timer.start(meters).stop(timer(answer));
        write(context, answer);
    }

    private Timer timer(Answer answer) {
        return Timer.builder("tailwater.webhook.answers")
                .description("Answers of the webhook listener and the time they took")
                .tag("answer", answer.code())
                .tag("status", Integer.toString(answer.status()))
                .register(meters);
    }

    private static void write(Context context, Answer answer) {
        if (answer.isRetriable()) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (answer == Answer.METHOD_NOT_ALLOWED) {
            context.header("Allow", "POST");
        }
        context.status(answer.status())
                .contentType("application/json; charset=utf-8")
                .result(answer.json());
    }

    private static long announcedLength(Context context) {
        String header = context.header("Content-Length");
        return header != null && header.matches("[0-9]{1,18}") ? Long.parseLong(header) : -1;
    }
}
