package io.tailwater.launcher.command;

import io.tailwater.connections.ConnectionsFileException;
import io.tailwater.connections.SealException;
import io.tailwater.embedded.EmbeddedKafkaException;
import io.tailwater.lineage.project.TimeLimitReached;
import io.tailwater.pranalyzer.git.LocalRepository;
import io.tailwater.service.SettingsException;
import java.io.UncheckedIOException;
import org.apache.kafka.common.KafkaException;

/** Something that the person at the command line can mend: shown as a sentence, without a stack trace. */
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error with the sentence to show. */
    public UserError(String sentence) {
        super(sentence);
    }

    /** Whether a failure is of that kind. */
    public static boolean describes(Throwable failure) {
        return failure instanceof UserError
                || failure instanceof SettingsException
                || failure instanceof ConnectionsFileException
                || failure instanceof SealException
                || failure instanceof EmbeddedKafkaException
                || failure instanceof LocalRepository.Unreadable
                || failure instanceof TimeLimitReached
                || failure instanceof KafkaException
                || failure instanceof UncheckedIOException;
    }

    /** The sentence, with the cause where it says more. */
    public static String text(Throwable failure) {
        Throwable cause = failure.getCause();
        String message = String.valueOf(failure.getMessage());
        return cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
                ? message
                : message + ": " + cause.getMessage();
    }
}
