package io.tailwater.console.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** Questions about dead letters and activities. */
public final class Records {

    /** Action of the activity that takes a dead letter up again; its subject is {@link DeadLetterRow#name()}. */
    public static final String RETRIED = "dead-letter.retried";

    private static final String DEAD_LETTERS =
            "select d.*, a.at as retried_at, a.actor as retried_by from dead_letter d"
                    + " left join activity a on a.activity_id = (select b.activity_id from activity b where b.action = '"
                    + RETRIED
                    + "' and b.succeeded and b.subject = d.topic || '/' || cast(d.partition as varchar) || '/' ||"
                    + " cast(d.record_offset as varchar) order by b.at desc fetch first 1 rows only)";

    private final Jdbi jdbi;

    Records(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Dead letters, newest first. */
    public Listing<DeadLetterRow> deadLetters(int page, int pageSize) {
        int size = Math.max(1, Math.min(Listing.LARGEST_SIZE, pageSize));
        return jdbi.withHandle(rows -> {
            long total = rows.createQuery("select count(*) from dead_letter")
                    .mapTo(Long.class)
                    .one();
            int shown = shown(page, size, total);
            List<DeadLetterRow> found = rows.createQuery(DEAD_LETTERS
                            + " order by d.at desc, d.topic, d.partition, d.record_offset desc offset :skip rows fetch"
                            + " next :size rows only")
                    .bind("skip", (long) (shown - 1) * size)
                    .bind("size", size)
                    .map((row, context) -> deadLetter(row))
                    .list();
            return new Listing<>(found, shown, size, total);
        });
    }

    /** One dead letter; empty when it is not known. */
    public Optional<DeadLetterRow> deadLetter(String topic, int partition, long offset) {
        return jdbi.withHandle(rows -> rows.createQuery(DEAD_LETTERS
                        + " where d.topic = :topic and d.partition = :partition and d.record_offset = :offset")
                .bind("topic", topic)
                .bind("partition", partition)
                .bind("offset", offset)
                .map((row, context) -> deadLetter(row))
                .findOne());
    }

    private static int shown(int page, int size, long total) {
        int last = (int) Math.max(1, Math.min(1_000_000, (total + size - 1) / size));
        return Math.max(1, Math.min(page, last));
    }

    private static DeadLetterRow deadLetter(ResultSet row) throws SQLException {
        long retriedAt = row.getLong("retried_at");
        Optional<Instant> retried = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(retriedAt));
        String by = row.getString("retried_by");
        return new DeadLetterRow(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("record_offset"),
                row.getString("source_topic"),
                row.getInt("source_partition"),
                row.getLong("source_offset"),
                row.getString("record_key"),
                row.getString("cause_type"),
                row.getString("cause"),
                row.getInt("record_size"),
                Instant.ofEpochMilli(row.getLong("at")),
                retried,
                by == null ? "" : by);
    }

    /** Activities, newest first. */
    public Listing<ActivityRow> activities(int page, int pageSize) {
        int size = Math.max(1, Math.min(Listing.LARGEST_SIZE, pageSize));
        return jdbi.withHandle(rows -> {
            long total = rows.createQuery("select count(*) from activity")
                    .mapTo(Long.class)
                    .one();
            int shown = shown(page, size, total);
            List<ActivityRow> found = rows.createQuery("select * from activity order by at desc, activity_id offset"
                            + " :skip rows fetch next :size rows only")
                    .bind("skip", (long) (shown - 1) * size)
                    .bind("size", size)
                    .map((row, context) -> new ActivityRow(
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("actor"),
                            row.getString("address"),
                            row.getString("action"),
                            row.getString("connection_id"),
                            row.getString("subject"),
                            row.getBoolean("succeeded"),
                            row.getString("detail")))
                    .list();
            return new Listing<>(found, shown, size, total);
        });
    }
}
