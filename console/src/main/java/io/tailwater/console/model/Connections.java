package io.tailwater.console.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Questions about connections. */
public final class Connections {

    private static final String SELECT = "select k.*,"
            + " (select max(at) from arrival a where a.connection_id = k.connection_id and a.origin = 'WEBHOOK') as"
            + " last_webhook,"
            + " (select max(at) from arrival a where a.connection_id = k.connection_id and a.origin = 'POLL') as"
            + " last_found,"
            + " (select max(published_at) from publication p where p.connection_id = k.connection_id and p.status in"
            + " ('POSTED', 'UPDATED')) as last_comment"
            + " from connection k";

    private final Jdbi jdbi;

    Connections(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** All connections, by workspace and id. */
    public List<ConnectionRow> all() {
        return jdbi.withHandle(rows -> rows.createQuery(SELECT + " order by k.workspace_slug, k.connection_id")
                .map((row, context) -> row(row))
                .list());
    }

    /** One connection; empty when there is none of this id. */
    public Optional<ConnectionRow> find(String id) {
        return jdbi.withHandle(rows -> rows.createQuery(SELECT + " where k.connection_id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne());
    }

    /** Uuids of the repositories of a workspace of whose default branches a dataset is known. */
    public Set<String> repositoriesWithDatasets(String workspaceUuid) {
        return jdbi.withHandle(rows -> rows
                .createQuery("select repository_uuid from repository_assets where workspace_uuid = :workspace")
                .bind("workspace", workspaceUuid)
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet()));
    }

    private static ConnectionRow row(ResultSet row) throws SQLException {
        return new ConnectionRow(
                row.getString("connection_id"),
                row.getString("workspace_slug"),
                row.getString("workspace_uuid"),
                row.getString("scope"),
                Arrays.stream(row.getString("repositories").split(","))
                        .filter(slug -> !slug.isEmpty())
                        .toList(),
                row.getString("state"),
                time(row, "token_expires_at"),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                time(row, "last_webhook"),
                time(row, "last_found"),
                time(row, "last_comment"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long milliseconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
    }
}
