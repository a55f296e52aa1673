package io.tailwater.pranalyzer.topology;

import io.tailwater.schemas.topic.Topic;
import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the record as it came, in the topic beside its own, with cause and position in headers named as
 * Kafka Streams names them (KIP-1034), so that any tool for those reads ours.
 */
final class DeadLetterRecords {

    static final String EXCEPTION = "__streams.errors.exception";
    static final String MESSAGE = "__streams.errors.message";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";

    private static final int MAX_MESSAGE = 2000;

    private DeadLetterRecords() {}

    /** The dead letter of a record read from a topic; empty when the topic has no place for dead letters. */
    static List<ProducerRecord<byte[], byte[]>> of(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, Exception cause) {
        String topic = context.topic();
        if (topic == null) {
            return List.of();
        }
        return Topics.ALL.stream()
                .filter(known -> known.name().equals(topic))
                .map(Topic::deadLetters)
                .map(deadLetters -> {
                    ProducerRecord<byte[], byte[]> letter =
                            new ProducerRecord<>(deadLetters, null, context.timestamp(), key, value);
                    for (Header header : context.headers()) {
                        letter.headers().add(header);
                    }
                    add(letter.headers(), EXCEPTION, cause.getClass().getName());
                    add(letter.headers(), MESSAGE, message(cause));
                    add(letter.headers(), TOPIC, topic);
                    add(letter.headers(), PARTITION, Integer.toString(context.partition()));
                    add(letter.headers(), OFFSET, Long.toString(context.offset()));
                    return letter;
                })
                .toList();
    }

    /** The same record with a cause, for one that was understood and could not be worked on. */
    static <K, V> Record<K, V> withCause(Record<K, V> record, String reason) {
        Headers headers = new RecordHeaders();
        add(headers, MESSAGE, reason);
        return record.withHeaders(headers);
    }

    private static String message(Exception cause) {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (Throwable each = cause; each != null && depth < 5; each = each.getCause()) {
            text.append(depth == 0 ? "" : " <- ")
                    .append(each.getClass().getSimpleName())
                    .append(": ")
                    .append(each.getMessage());
            depth++;
        }
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text.toString();
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
