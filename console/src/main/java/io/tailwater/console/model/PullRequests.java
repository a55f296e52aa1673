package io.tailwater.console.model;

import io.tailwater.schemas.topic.PullRequestKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Questions about pull requests and their reports. */
public final class PullRequests {

    private static final String FROM =
            " from pull_request p left join report r on r.workspace_uuid = p.workspace_uuid and r.repository_uuid ="
                    + " p.repository_uuid and r.number = p.number and r.newest and r.run_name = ''"
                    + " left join publication c on c.workspace_uuid = p.workspace_uuid and c.repository_uuid ="
                    + " p.repository_uuid and c.number = p.number";

    /** Open, with a head of which nothing has been said yet. Heads are compared by the 12 digits events may have. */
    private static final String PENDING =
            "(p.state = 'OPEN' and (r.report_id is null or (p.head <> '' and substring(r.head from 1 for 12) <>"
                    + " substring(p.head from 1 for 12))))";

    private final Jdbi jdbi;

    /**
     * What is looked for.
     *
     * @param text words of the title, a number, or a repository; empty for all
     * @param repository "workspace/slug"; empty for all
     * @param verdict BREAKING, BEHAVIOURAL, ADDITIVE, NONE, or INCOMPLETE for what could not be told, or PENDING; empty for all
     * @param connectionId connection; empty for all
     */
    public record Filter(String text, String repository, String verdict, String connectionId) {

        /** Everything. */
        public static final Filter ALL = new Filter("", "", "", "");
    }

    /**
     * How far the pull requests of a connection are.
     *
     * @param open open ones
     * @param pending open ones whose head is still to be analysed
     * @param historical past ones that were announced
     * @param historicalDone past ones with a report
     */
    public record Progress(long open, long pending, long historical, long historicalDone) {

        /** Open ones whose head was analysed. */
        public long analysed() {
            return open - pending;
        }
    }

    PullRequests(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Pull requests, those changed last first. */
    public Listing<PullRequestRow> list(Filter filter, int page, int pageSize) {
        int size = Math.max(1, Math.min(Listing.LARGEST_SIZE, pageSize));
        Map<String, Object> values = new LinkedHashMap<>();
        String where = where(filter, values);
        return jdbi.withHandle(rows -> {
            Query count = rows.createQuery("select count(*)" + FROM + where).bindMap(values);
            long total = count.mapTo(Long.class).one();
            int last = (int) Math.max(1, Math.min(1_000_000, (total + size - 1) / size));
            int shown = Math.max(1, Math.min(page, last));
            List<PullRequestRow> found = rows.createQuery("select p.*, r.report_id, r.outcome, r.verdict, r.complete,"
                            + " r.breaking, r.possible, r.created_at, c.status as comment_status, c.reason as"
                            + " comment_reason, case when " + PENDING + " then 1 else 0 end as pending" + FROM + where
                            + " order by case when p.updated_on > 0 then p.updated_on else r.updated_on end desc,"
                            + " p.workspace_slug, p.repository_slug, p.number desc offset :skip rows fetch next :size"
                            + " rows only")
                    .bindMap(values)
                    .bind("skip", (long) (shown - 1) * size)
                    .bind("size", size)
                    .map((row, context) -> row(row))
                    .list();
            return new Listing<>(found, shown, size, total);
        });
    }

    private static String where(Filter filter, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        if (!filter.text().isBlank()) {
            String text = filter.text().strip().toLowerCase(Locale.ROOT);
            values.put("text", "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
            String number = text.startsWith("#") ? text.substring(1) : text;
            values.put("number", number.matches("\\d{1,9}") ? Long.parseLong(number) : -1L);
            conditions.add("(lower(p.title) like :text escape '!' or lower(p.author) like :text escape '!' or"
                    + " lower(p.repository_slug) like :text escape '!' or p.number = :number)");
        }
        if (!filter.repository().isBlank()) {
            values.put("full_name", filter.repository());
            conditions.add("p.workspace_slug || '/' || p.repository_slug = :full_name");
        }
        switch (filter.verdict()) {
            case "" -> {}
            case "PENDING" -> conditions.add(PENDING);
            case "INCOMPLETE" -> conditions.add("(r.report_id is not null and (r.verdict is null or not r.complete))");
            default -> {
                values.put("verdict", filter.verdict());
                conditions.add("r.verdict = :verdict");
            }
        }
        if (!filter.connectionId().isBlank()) {
            values.put("connection", filter.connectionId());
            conditions.add("p.connection_id = :connection");
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static PullRequestRow row(ResultSet row) throws SQLException {
        long updatedOn = row.getLong("updated_on");
        return new PullRequestRow(
                row.getString("workspace_slug"),
                row.getString("repository_slug"),
                row.getLong("number"),
                row.getString("title"),
                row.getString("author"),
                row.getString("state"),
                row.getBoolean("draft"),
                row.getString("head_branch"),
                row.getString("base_branch"),
                row.getString("connection_id"),
                Optional.ofNullable(row.getString("report_id")),
                Optional.ofNullable(row.getString("outcome")),
                Optional.ofNullable(row.getString("verdict")),
                row.getBoolean("complete"),
                row.getInt("breaking"),
                row.getInt("possible"),
                row.getInt("pending") == 1,
                Optional.ofNullable(row.getString("comment_status")),
                Optional.ofNullable(row.getString("comment_reason")).orElse(""),
                Instant.ofEpochMilli(updatedOn > 0 ? updatedOn : row.getLong("created_at")));
    }

    /** Full names of the repositories with pull requests, sorted. */
    public List<String> repositories() {
        return jdbi.withHandle(rows -> rows.createQuery(
                        "select distinct workspace_slug || '/' || repository_slug as full_name from pull_request order by"
                                + " 1 fetch first 2000 rows only")
                .mapTo(String.class)
                .list());
    }

    /** A report by its id; empty when it is not kept. */
    public Optional<StoredReport> report(String reportId) {
        return jdbi.withHandle(rows -> rows.createQuery("select * from report where report_id = :id")
                .bind("id", reportId)
                .map((row, context) -> stored(rows, row))
                .findOne());
    }

    /**
     * The newest report of a pull request; empty while there is none.
     *
     * @param workspace slug of the workspace
     * @param repository slug of the repository
     * @param number number of the pull request
     */
    public Optional<StoredReport> newestReport(String workspace, String repository, long number) {
        return jdbi.withHandle(rows -> rows.createQuery("select * from report where workspace_slug = :workspace and"
                        + " repository_slug = :repository and number = :number and newest and run_name = '' order by"
                        + " created_at desc fetch first 1 rows only")
                .bind("workspace", workspace)
                .bind("repository", repository)
                .bind("number", number)
                .map((row, context) -> stored(rows, row))
                .findOne());
    }

    private static StoredReport stored(Handle rows, ResultSet report) throws SQLException {
        Map<String, Object> pullRequest = Map.of(
                "workspace", report.getString("workspace_uuid"),
                "repository", report.getString("repository_uuid"),
                "number", report.getLong("number"),
                "run", report.getString("run_name"));
        String of = " where workspace_uuid = :workspace and repository_uuid = :repository and number = :number";
        Optional<String> newest = rows.createQuery(
                        "select report_id from report" + of + " and run_name = :run and newest")
                .bindMap(pullRequest)
                .mapTo(String.class)
                .findFirst();
        Optional<Map<String, Object>> known = rows.createQuery("select author, state from pull_request" + of)
                .bindMap(pullRequest)
                .mapToMap()
                .findFirst();
        Optional<Map<String, Object>> posted = rows.createQuery(
                        "select comment_id, status, reason from publication" + of)
                .bindMap(pullRequest)
                .mapToMap()
                .findFirst();
        return new StoredReport(
                ReportBody.read(report.getBytes("body")),
                report.getBoolean("newest"),
                newest,
                report.getString("run_name"),
                known.map(row -> String.valueOf(row.get("author"))).orElse(""),
                known.map(row -> String.valueOf(row.get("state"))).orElse("UNKNOWN"),
                posted.map(row -> row.get("comment_id")).map(id -> ((Number) id).longValue()),
                posted.map(row -> String.valueOf(row.get("status"))),
                posted.map(row -> String.valueOf(row.get("reason"))).orElse(""));
    }

    /** How far the pull requests of a connection are. */
    public Progress progress(String connectionId) {
        return jdbi.withHandle(rows -> rows.createQuery("select coalesce(sum(case when p.state = 'OPEN' then 1 else 0"
                        + " end), 0) as open, coalesce(sum(case when " + PENDING + " then 1 else 0 end), 0) as pending,"
                        + " coalesce(sum(case when p.origin = 'BACKFILL' then 1 else 0 end), 0) as historical,"
                        + " coalesce(sum(case when p.origin = 'BACKFILL' and r.report_id is not null then 1 else 0 end),"
                        + " 0) as historical_done" + FROM + " where p.connection_id = :connection")
                .bind("connection", connectionId)
                .map((row, context) -> new Progress(
                        row.getLong("open"),
                        row.getLong("pending"),
                        row.getLong("historical"),
                        row.getLong("historical_done")))
                .one());
    }

    /** Keys of the pull requests with reports that came through a connection. */
    public List<PullRequestKey> reportedThrough(String connectionId) {
        return jdbi.withHandle(rows -> rows.createQuery("select distinct workspace_uuid, repository_uuid, number from"
                        + " report where connection_id = :connection")
                .bind("connection", connectionId)
                .map((row, context) -> new PullRequestKey(row.getString(1), row.getString(2), row.getLong(3)))
                .list());
    }
}
