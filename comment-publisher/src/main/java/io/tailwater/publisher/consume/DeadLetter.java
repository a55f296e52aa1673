package io.tailwater.publisher.consume;

import io.tailwater.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The record as it came, cause and position in headers named as Kafka Streams names them (KIP-1034). */
final class DeadLetter {

    static final String EXCEPTION = "__streams.errors.exception";
    static final String MESSAGE = "__streams.errors.message";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";

    private static final int LONGEST_MESSAGE = 2_000;

    private DeadLetter() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, Throwable cause) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                Topics.IMPACT_REPORTS.deadLetters(), null, record.timestamp(), record.key(), record.value());
        for (Header header : record.headers()) {
            if (!header.key().startsWith("__streams.errors.")) {
                letter.headers().add(header);
            }
        }
        add(letter.headers(), EXCEPTION, cause.getClass().getName());
        add(letter.headers(), MESSAGE, cut(String.valueOf(cause.getMessage())));
        add(letter.headers(), TOPIC, record.topic());
        add(letter.headers(), PARTITION, Integer.toString(record.partition()));
        add(letter.headers(), OFFSET, Long.toString(record.offset()));
        return letter;
    }

    private static String cut(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
