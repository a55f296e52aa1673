package io.tailwater.console.http;

import io.tailwater.console.model.PullRequestRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A word with a colour: the word alone says all, the colour only helps.
 *
 * @param text the word
 * @param tone bad, warn, good, unknown, busy or plain
 */
public record Badge(String text, String tone) {

    /** A sign beside the word, so that tones differ for those who see no colours. */
    public String sign() {
        return switch (tone) {
            case "bad" -> "✕";
            case "warn" -> "!";
            case "good" -> "✓";
            case "unknown" -> "?";
            case "busy" -> "…";
            default -> "•";
        };
    }

    /** Badges of a pull request in a list. */
    static List<Badge> of(PullRequestRow row) {
        List<Badge> badges = new ArrayList<>();
        if (row.outcome().isPresent()) {
            badges.addAll(of(row.outcome().get(), row.verdict(), row.complete()));
        }
        if (row.pending()) {
            badges.add(new Badge(row.outcome().isPresent() ? "Newer commit waiting" : "Waiting for analysis", "busy"));
        }
        return badges;
    }

    /**
     * Badges of a report. "No impact" is said only of what was analysed completely.
     *
     * @param outcome how the analysis ended
     * @param verdict its verdict, empty without a comparison
     * @param complete whether everything that could matter was analysed
     */
    static List<Badge> of(String outcome, Optional<String> verdict, boolean complete) {
        switch (outcome) {
            case "SUPERSEDED" -> {
                return List.of(new Badge("Superseded", "plain"));
            }
            case "SKIPPED" -> {
                return List.of(new Badge("Skipped", "plain"));
            }
            case "FAILED" -> {
                return List.of(new Badge("Could not be analysed", "unknown"));
            }
            default -> {}
        }
        List<Badge> badges = new ArrayList<>();
        switch (verdict.orElse("")) {
            case "BREAKING" -> badges.add(new Badge("Breaking", "bad"));
            case "BEHAVIOURAL" -> badges.add(new Badge("Behavioural", "warn"));
            case "ADDITIVE" -> badges.add(new Badge("Additive", "good"));
            case "NONE" ->
                badges.add(complete ? new Badge("No impact", "good") : new Badge("Could not tell", "unknown"));
            default -> badges.add(new Badge("Could not tell", "unknown"));
        }
        if (!complete && !badges.getFirst().tone().equals("unknown")) {
            badges.add(new Badge("Not everything analysed", "unknown"));
        }
        return badges;
    }

    /** Badge of a pull request's state. */
    static Badge ofState(String state, boolean draft) {
        return switch (state) {
            case "OPEN" -> new Badge(draft ? "Draft" : "Open", "plain");
            case "MERGED" -> new Badge("Merged", "plain");
            case "DECLINED" -> new Badge("Declined", "plain");
            default -> new Badge("State not known", "plain");
        };
    }

    /** Badge of a connection's state. */
    static Badge ofConnection(String state) {
        return switch (state) {
            case "ACTIVE" -> new Badge("Connected", "good");
            case "PAUSED" -> new Badge("Paused", "warn");
            case "NEEDS_NEW_TOKEN" -> new Badge("Needs a new token", "bad");
            default -> new Badge(state, "unknown");
        };
    }

    /** Badge of what became of a comment. */
    static Badge ofComment(Optional<String> status) {
        return switch (status.orElse("")) {
            case "POSTED", "UPDATED", "UNCHANGED" -> new Badge("Comment stands", "good");
            case "NOT_POSTED" -> new Badge("No comment", "plain");
            case "REFUSED" -> new Badge("Comment refused", "bad");
            default -> new Badge("No comment yet", "plain");
        };
    }
}
