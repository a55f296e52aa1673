package io.tailwater.console.model;

import io.tailwater.schemas.report.ImpactReport;
import java.util.Optional;

/**
 * A report with what was posted of it.
 *
 * @param report the whole report
 * @param newest whether no later one is known
 * @param newestId id of the newest report of the pull request
 * @param runName name of the replay it belongs to, empty for none
 * @param author display name of the pull request's author, empty when not known
 * @param state OPEN, MERGED, DECLINED or UNKNOWN
 * @param commentId id of our comment, empty when none stands
 * @param commentStatus what became of the comment, empty while nothing did
 * @param commentReason why none was posted, may be empty
 */
public record StoredReport(
        ImpactReport report,
        boolean newest,
        Optional<String> newestId,
        String runName,
        String author,
        String state,
        Optional<Long> commentId,
        Optional<String> commentStatus,
        String commentReason) {}
