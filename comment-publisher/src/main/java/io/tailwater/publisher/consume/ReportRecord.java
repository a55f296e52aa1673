package io.tailwater.publisher.consume;

import io.tailwater.schemas.topic.PullRequestKey;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A report as it was read.
 *
 * @param key its pull request
 * @param record the record it came in
 */
record ReportRecord(PullRequestKey key, ConsumerRecord<byte[], byte[]> record) {}
