package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.ReportIds;
import io.tailwater.pranalyzer.impact.WorkspaceImpacts;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.lineage.LineageAsset;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.ImpactReport;
import io.tailwater.schemas.topic.ActivityId;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.schemas.topic.ConnectorStateKey;
import io.tailwater.schemas.topic.DatasetKey;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.RecordKey;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.schemas.topic.WorkspaceKey;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Adds to every change set what it does in the workspace's other repositories, as far as their default branches go. */
final class ImpactProcessor
        extends ContextualProcessor<RecordKey, @Nullable SpecificRecord, PullRequestKey, ImpactReport> {

    private final WorkspaceImpacts impacts;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    private WorkspaceStore workspace;

    ImpactProcessor(WorkspaceImpacts impacts) {
        this.impacts = impacts;
    }

    @Override
    public void init(ProcessorContext<PullRequestKey, ImpactReport> context) {
        super.init(context);
        workspace = new WorkspaceStore(
                context.getStateStore(Names.GRAPH_STORE),
                context.getStateStore(Names.READERS_STORE),
                context.getStateStore(Names.WORKSPACE_REPOSITORIES_STORE));
    }

    @Override
    public void process(Record<RecordKey, @Nullable SpecificRecord> record) {
        switch (record.key()) {
            case DatasetKey key -> workspace.put(key, (LineageAsset) record.value());
            case WorkspaceKey key -> {
                if (record.value() instanceof ChangeSet changeSet) {
                    report(changeSet);
                }
            }
            case PullRequestKey key -> throw unexpected(key);
            case RepositoryKey key -> throw unexpected(key);
            case ConnectionId key -> throw unexpected(key);
            case ConnectorStateKey key -> throw unexpected(key);
            case ActivityId key -> throw unexpected(key);
        }
    }

    private void report(ChangeSet found) {
        PullRequestRef pullRequest = found.getPullRequest();
        Comparison comparison = found.getComparison();
        List<String> searched = List.of();
        ChangeSet extended = found;
        if (comparison != null) {
            searched = workspace.repositoriesExcept(pullRequest.getWorkspaceUuid(), pullRequest.getRepositoryUuid());
            extended = ChangeSet.newBuilder(found)
                    .setComparison(impacts.extend(
                            found,
                            comparison,
                            workspace.seenFrom(pullRequest.getWorkspaceUuid(), pullRequest.getRepositoryUuid())))
                    .build();
        }
        long now = context().currentSystemTimeMs();
        ImpactReport report = ImpactReport.newBuilder()
                .setReportId(ReportIds.reportId(extended))
                .setChangeSet(extended)
                .setSearchedRepositories(searched)
                .setCreatedAt(Instant.ofEpochMilli(now))
                .build();
        context().forward(new Record<>(PullRequestKey.of(pullRequest), report, now), Names.IMPACT_REPORTS_SINK);
    }

    private static IllegalStateException unexpected(RecordKey key) {
        return new IllegalStateException("no record of this key belongs here: " + key);
    }
}
