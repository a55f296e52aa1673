package io.tailwater.console.model;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tailwater.service.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** The database behind the read model: H2 in a file or in memory, or any that speaks PostgreSQL's SQL over JDBC. */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final String MIGRATIONS = "classpath:io/tailwater/console/migrations";

    private final HikariDataSource source;
    private final Jdbi jdbi;

    private Database(HikariDataSource source) {
        this.source = source;
        this.jdbi = Jdbi.create(source);
    }

    /**
     * An embedded database kept in a folder, used by one process at a time.
     *
     * @param folder where its files are; made when missing
     * @throws RuntimeException when the files cannot be used
     */
    public static Database inFolder(Path folder) {
        return open(
                "jdbc:h2:file:" + folder.toAbsolutePath().normalize().resolve("read-model")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "",
                Optional.empty());
    }

    /** An embedded database that is gone when it is closed. */
    public static Database inMemory(String name) {
        return open(
                "jdbc:h2:mem:" + name + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                "",
                Optional.empty());
    }

    /**
     * Opens a database and brings its tables up to date.
     *
     * @param url JDBC address
     * @param user name to sign in with, may be empty
     * @param password password to sign in with
     * @throws RuntimeException when it cannot be reached or its tables are of a later version
     */
    public static Database open(String url, String user, Optional<Secret> password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        password.ifPresent(secret -> config.setPassword(secret.use(Function.identity())));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName("read-model");
        HikariDataSource source = new HikariDataSource(config);
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(MIGRATIONS)
                    .table("read_model_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            return new Database(source);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        source.close();
    }
}
