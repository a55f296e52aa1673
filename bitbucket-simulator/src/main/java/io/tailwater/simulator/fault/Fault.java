package io.tailwater.simulator.fault;

import java.time.Duration;
import java.util.Map;

/** What can go wrong with a request. */
public sealed interface Fault {

    /**
     * Answers with a status instead of doing what was asked.
     *
     * @param status e.g. 429, 500, 555
     * @param headers added to the answer, e.g. {@code Retry-After}
     * @param body text of the answer
     */
    record Answer(int status, Map<String, String> headers, String body) implements Fault {
        /** Copies the headers. */
        public Answer {
            headers = Map.copyOf(headers);
        }

        /** An answer in Bitbucket's error envelope. */
        public static Answer status(int status) {
            String message = status == 429
                    ? "Rate limit for this resource has been exceeded"
                    : status == 555 ? "Unable to respond in time" : "Something went wrong";
            return new Answer(status, Map.of(), "{\"type\":\"error\",\"error\":{\"message\":\"" + message + "\"}}");
        }

        /** 429 that says when to try again. */
        public static Answer rateLimited(Duration retryAfter) {
            Answer plain = status(429);
            return new Answer(429, Map.of("Retry-After", Long.toString(retryAfter.toSeconds())), plain.body());
        }
    }

    /** Does what was asked and answers with an error status all the same. */
    record AnswerAfterEffect(int status) implements Fault {}

    /** Does what was asked and cuts the connection without an answer. */
    record LostAnswer() implements Fault {}

    /** Does nothing for a while and then cuts the connection. */
    record Hang(Duration time) implements Fault {}
}
