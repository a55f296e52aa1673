package io.tailwater.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker (controller included) and a schema registry in this process, on loopback. What they hold lives in a
 * folder and is there again after the next start on the same folder.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    private final Broker broker;
    private final EmbeddedSchemaRegistry registry;
    private final FileChannel lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What may be chosen.
     *
     * @param brokerPort port for Kafka clients, 0 for any free one
     * @param schemaRegistryPort port of the schema registry, 0 for any free one
     */
    public record Options(int brokerPort, int schemaRegistryPort) {

        /** Any free ports. */
        public static final Options FREE_PORTS = new Options(0, 0);

        /** @throws IllegalArgumentException when a port is outside 0 to 65535 */
        public Options {
            requirePort("brokerPort", brokerPort);
            requirePort("schemaRegistryPort", schemaRegistryPort);
        }

        private static void requirePort(String name, int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(name + " is outside 0 to 65535: " + port);
            }
        }
    }

    private EmbeddedKafka(Broker broker, EmbeddedSchemaRegistry registry, FileChannel lock) {
        this.broker = broker;
        this.registry = registry;
        this.lock = lock;
    }

    /** {@link #start(Path, Options)} on free ports. */
    public static EmbeddedKafka start(Path dataFolder) {
        return start(dataFolder, Options.FREE_PORTS);
    }

    /**
     * Starts both and returns once both answer.
     *
     * @param dataFolder where everything is kept; made when missing
     * @param options what may be chosen
     * @throws EmbeddedKafkaException when the folder is in use or unusable, a port is taken, or the broker does not
     *     come up; nothing is left running then
     */
    public static EmbeddedKafka start(Path dataFolder, Options options) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        FileChannel lock = lock(folder);
        @Nullable Broker broker = null;
        try {
            broker = Broker.start(folder, options.brokerPort());
            var registry = EmbeddedSchemaRegistry.start(broker.bootstrapServers(), options.schemaRegistryPort());
            LOG.info(
                    "Kafka at {}, schema registry at {}, data in {}",
                    broker.bootstrapServers(),
                    registry.url(),
                    folder);
            return new EmbeddedKafka(broker, registry, lock);
        } catch (RuntimeException e) {
            if (broker != null) {
                broker.close();
            }
            release(lock);
            throw e;
        }
    }

    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw new EmbeddedKafkaException("another process or broker uses the data folder " + folder, null);
            }
            return channel;
        } catch (IOException e) {
            throw new EmbeddedKafkaException("opening the data folder " + folder + ": " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("releasing the data folder", e);
        }
    }

    /** Value for Kafka's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Value for {@code schema.registry.url}. */
    public String schemaRegistryUrl() {
        return registry.url();
    }

    /** Stops both cleanly, so that the next start need not recover; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                registry.close();
            } finally {
                try {
                    broker.close();
                } finally {
                    release(lock);
                }
            }
        }
    }
}
