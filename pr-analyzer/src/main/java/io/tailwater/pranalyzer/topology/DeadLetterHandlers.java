package io.tailwater.pranalyzer.topology;

import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a record that cannot be handled: poison is set aside and the stream goes on; a fault of our
 * surroundings, such as a schema registry that is away, stops the thread, which starts again at the same record.
 */
final class DeadLetterHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterHandlers.class);

    private DeadLetterHandlers() {}

    /** For records that cannot be read. */
    public static final class OnDeserialization implements DeserializationExceptionHandler {

        @Override
        public Response handleError(
                ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
            if (isOfSurroundings(exception)) {
                return Response.fail();
            }
            log(context, exception);
            return Response.resume(DeadLetterRecords.of(context, record.key(), record.value(), exception));
        }

        @Override
        public void configure(Map<String, ?> configs) {
            // nothing to configure
        }
    }

    /** For records that cannot be worked on. */
    public static final class OnProcessing implements ProcessingExceptionHandler {

        @Override
        public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
            byte[] key = context.sourceRawKey();
            byte[] value = context.sourceRawValue();
            if (isOfSurroundings(exception) || (key == null && value == null)) {
                // without a record of a topic behind it, as in a punctuator, nothing could be set aside
                return Response.fail();
            }
            log(context, exception);
            return Response.resume(DeadLetterRecords.of(context, key, value, exception));
        }

        @Override
        public void configure(Map<String, ?> configs) {
            // nothing to configure
        }
    }

    /** For records that cannot be written: one that is too large is set aside under the record it came from. */
    public static final class OnProduction implements ProductionExceptionHandler {

        @Override
        public Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
            if (exception instanceof RecordTooLargeException) {
                log(context, exception);
                return Response.resume(
                        DeadLetterRecords.of(context, context.sourceRawKey(), context.sourceRawValue(), exception));
            }
            return exception instanceof RetriableException ? Response.retry() : Response.fail();
        }

        @Override
        public void configure(Map<String, ?> configs) {
            // nothing to configure
        }
    }

    static boolean isOfSurroundings(@Nullable Throwable exception) {
        int depth = 0;
        for (Throwable cause = exception; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    || cause instanceof InterruptedException
                    || cause instanceof RetriableException) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private static void log(ErrorHandlerContext context, Exception exception) {
        LOG.atWarn()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .setCause(exception)
                .log("Set a record aside");
    }
}
