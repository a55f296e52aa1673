package io.tailwater.console.connect;

import io.tailwater.connector.ConnectionLifecycle.Saved;
import io.tailwater.connector.TokenInspection;
import io.tailwater.console.activity.Activities;
import io.tailwater.console.activity.Who;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people do with connections, by page or API, each written into the audit record. */
public final class ConnectionDesk {

    private static final int LONGEST_ENTERED = 200;

    private final ConnectorAccess connector;
    private final ReportEraser eraser;
    private final Activities activities;
    private final InstantSource clock;

    /** Something that may fail, told by its result. */
    private interface Deed<R> {
        R run() throws InterruptedException;
    }

    /**
     * A desk.
     *
     * @param connector does the work
     * @param eraser removes reports where that is asked for
     * @param activities the audit record
     * @param clock tells the time
     */
    public ConnectionDesk(ConnectorAccess connector, ReportEraser eraser, Activities activities, InstantSource clock) {
        this.connector = connector;
        this.eraser = eraser;
        this.activities = activities;
        this.clock = clock;
    }

    /** Looks at a token; see {@link io.tailwater.connector.TokenInspector#inspect}. */
    public TokenInspection inspect(Who who, Secret token, String workspace) {
        TokenInspection found = connector.inspector().inspect(token, workspace);
        if (found instanceof TokenInspection.Refused refused) {
            note(who, "token.inspected", null, shown(workspace), false, refused.sentence());
        } else {
            note(who, "token.inspected", null, shown(workspace), true, "");
        }
        return found;
    }

    /** Connects; see {@link io.tailwater.connector.ConnectionLifecycle#connect}. */
    public Saved connect(Who who, Secret token, String workspace, Optional<Instant> expiresAt)
            throws InterruptedException {
        return saved(
                who,
                "connection.made",
                null,
                shown(workspace),
                () -> connector.lifecycle().connect(token, workspace, expiresAt));
    }

    /** Puts a new token in place; see {@link io.tailwater.connector.ConnectionLifecycle#replaceToken}. */
    public Saved replaceToken(Who who, ConnectionId id, Secret token, Optional<Instant> expiresAt)
            throws InterruptedException {
        return saved(
                who,
                "connection.token-replaced",
                id.value(),
                id.value(),
                () -> connector.lifecycle().replaceToken(id, token, expiresAt));
    }

    private Saved saved(Who who, String action, @Nullable String id, String subject, Deed<Saved> deed)
            throws InterruptedException {
        Saved saved = noted(who, action, id, subject, deed);
        switch (saved) {
            case Saved.Connected connected ->
                note(who, action, connected.id().value(), subject, true, connected.webhooks());
            case Saved.NotSaved refused ->
                note(who, action, id, subject, false, refused.why().sentence());
        }
        return saved;
    }

    /** Pauses; see {@link io.tailwater.connector.ConnectionLifecycle#pause}. */
    public void pause(Who who, ConnectionId id) throws InterruptedException {
        noted(who, "connection.paused", id.value(), id.value(), () -> {
            connector.lifecycle().pause(id);
            return id;
        });
        note(who, "connection.paused", id.value(), id.value(), true, "");
    }

    /** Resumes; see {@link io.tailwater.connector.ConnectionLifecycle#resume}. */
    public void resume(Who who, ConnectionId id) throws InterruptedException {
        noted(who, "connection.resumed", id.value(), id.value(), () -> {
            connector.lifecycle().resume(id);
            return id;
        });
        note(who, "connection.resumed", id.value(), id.value(), true, "");
    }

    /** Sets webhooks right; see {@link io.tailwater.connector.ConnectionLifecycle#repairWebhooks}. */
    public String repairWebhooks(Who who, ConnectionId id) throws InterruptedException {
        String standing = noted(
                who,
                "connection.webhooks-repaired",
                id.value(),
                id.value(),
                () -> connector.lifecycle().repairWebhooks(id));
        note(who, "connection.webhooks-repaired", id.value(), id.value(), true, standing);
        return standing;
    }

    /**
     * Ends a connection; see {@link io.tailwater.connector.ConnectionLifecycle#disconnect}.
     *
     * @param eraseReports whether its reports go too
     * @return what could not be removed at Bitbucket, as a sentence; empty when nothing was left
     */
    public Optional<String> disconnect(Who who, ConnectionId id, boolean eraseReports) throws InterruptedException {
        Optional<String> left = noted(
                who,
                "connection.ended",
                id.value(),
                id.value(),
                () -> connector.lifecycle().disconnect(id));
        note(who, "connection.ended", id.value(), id.value(), true, left.orElse(""));
        if (eraseReports) {
            int erased = noted(who, "reports.erased", id.value(), id.value(), () -> eraser.eraseThrough(id.value()));
            note(who, "reports.erased", id.value(), id.value(), true, "reports of " + erased + " pull requests");
        }
        return left;
    }

    /** Runs a deed and notes that it failed; that it succeeded is for the caller to note. */
    private <R> R noted(Who who, String action, @Nullable String id, String subject, Deed<R> deed)
            throws InterruptedException {
        try {
            return deed.run();
        } catch (RuntimeException e) {
            note(who, action, id, subject, false, e.getClass().getSimpleName());
            throw e;
        }
    }

    private void note(
            Who who, String action, @Nullable String connectionId, String subject, boolean succeeded, String detail) {
        activities.add(Activities.of(who, action, clock)
                .setConnectionId(connectionId)
                .setSubject(subject)
                .setSucceeded(succeeded)
                .setDetail(detail)
                .build());
    }

    /** What was entered, short enough to be shown; a token put into the wrong field is left out. */
    private static String shown(String entered) {
        String clean = entered.strip();
        return clean.length() > LONGEST_ENTERED || clean.startsWith("ATC") || clean.startsWith("ATAT")
                ? "(not shown)"
                : clean;
    }
}
