package io.tailwater.schemas.topic;

import io.tailwater.schemas.activity.Activity;
import io.tailwater.schemas.connection.Connection;
import io.tailwater.schemas.connection.ConnectorState;
import io.tailwater.schemas.event.PullRequestEvent;
import io.tailwater.schemas.event.RepositoryEvent;
import io.tailwater.schemas.event.WebhookDelivery;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.Topic.Kept;
import java.time.Duration;
import java.util.List;

/** All topics of the product: the one place where they are declared. */
public final class Topics {

    private static final Duration LONG = Duration.ofDays(400);
    private static final Duration DAYS = Duration.ofDays(7);

    /** Deliveries as received; what a replay starts from. */
    public static final Topic<RepositoryKey, WebhookDelivery> BITBUCKET_WEBHOOKS =
            new Topic<>("bitbucket-webhooks.v1", RepositoryKey::parse, WebhookDelivery.class, new Kept.For(LONG));

    /** Normalised pull-request events, duplicates removed. */
    public static final Topic<PullRequestKey, PullRequestEvent> PULL_REQUEST_EVENTS =
            new Topic<>("pull-request-events.v1", PullRequestKey::parse, PullRequestEvent.class, new Kept.For(LONG));

    /** Normalised repository events. */
    public static final Topic<RepositoryKey, RepositoryEvent> REPOSITORY_EVENTS =
            new Topic<>("repository-events.v1", RepositoryKey::parse, RepositoryEvent.class, new Kept.For(LONG));

    /** Facts of every dataset on default branches; placed by workspace. */
    public static final Topic<DatasetKey, LineageAsset> LINEAGE_ASSETS =
            new Topic<>("lineage-assets.v1", DatasetKey::parse, LineageAsset.class, new Kept.Newest());

    /** What one head of a pull request changes in its own repository. */
    public static final Topic<WorkspaceKey, ChangeSet> CHANGE_SETS =
            new Topic<>("change-sets.v1", WorkspaceKey::parse, ChangeSet.class, new Kept.For(DAYS));

    /** The whole report for one head. */
    public static final Topic<PullRequestKey, ImpactReport> IMPACT_REPORTS =
            new Topic<>("impact-reports.v1", PullRequestKey::parse, ImpactReport.class, new Kept.NewestFor(LONG));

    /** What stands on each pull request by our hand. */
    public static final Topic<PullRequestKey, Publication> PUBLICATIONS =
            new Topic<>("publications.v1", PullRequestKey::parse, Publication.class, new Kept.Newest());

    /** Connected workspaces and repositories, credentials sealed. */
    public static final Topic<ConnectionId, Connection> CONNECTIONS =
            new Topic<>("connections.v1", ConnectionId::parse, Connection.class, new Kept.Newest());

    /** How connections do: webhooks, repositories, progress through their history; nothing secret. */
    public static final Topic<ConnectorStateKey, ConnectorState> CONNECTOR_STATES =
            new Topic<>("connector-states.v1", ConnectorStateKey::parse, ConnectorState.class, new Kept.Newest());

    /** Who did what and when: the audit record of the console and its API. */
    public static final Topic<ActivityId, Activity> ACTIVITIES =
            new Topic<>("activities.v1", ActivityId::parse, Activity.class, new Kept.For(LONG));

    /** Every topic, in the order data flows. */
    public static final List<Topic<?, ?>> ALL = List.of(
            BITBUCKET_WEBHOOKS,
            PULL_REQUEST_EVENTS,
            REPOSITORY_EVENTS,
            LINEAGE_ASSETS,
            CHANGE_SETS,
            IMPACT_REPORTS,
            PUBLICATIONS,
            CONNECTIONS,
            CONNECTOR_STATES,
            ACTIVITIES);

    /** Header of a record that was a dead letter and is tried again; its value says which dead letter it was. */
    public static final String RETRY_HEADER = "tailwater-retry";

    private Topics() {}
}
