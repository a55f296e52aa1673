package io.tailwater.pranalyzer.topology;

/**
 * Every name in the topology. Stores and their changelog topics are found by these after a restart, so a changed name is
 * a lost store.
 */
final class Names {

    static final String DELIVERIES = "deliveries-source";
    static final String NORMALISE = "normalise-processor";
    static final String PULL_REQUEST_EVENTS_SINK = "pull-request-events-sink";
    static final String REPOSITORY_EVENTS_SINK = "repository-events-sink";

    static final String PULL_REQUEST_EVENTS = "pull-request-events-source";
    static final String ANALYSE = "analyse-processor";
    static final String CHANGE_SETS_SINK = "change-sets-sink";
    static final String PULL_REQUEST_DEAD_LETTERS_SINK = "pull-request-events-dead-letters-sink";

    static final String REPOSITORY_EVENTS = "repository-events-source";
    static final String BASELINE = "baseline-processor";
    static final String LINEAGE_ASSETS_SINK = "lineage-assets-sink";
    static final String REPOSITORY_DEAD_LETTERS_SINK = "repository-events-dead-letters-sink";

    static final String CHANGE_SETS = "change-sets-source";
    static final String LINEAGE_ASSETS = "lineage-assets-source";
    static final String IMPACT = "impact-processor";
    static final String IMPACT_REPORTS_SINK = "impact-reports-sink";

    static final String SEEN_STORE = "seen-deliveries";
    static final String REPOSITORIES_STORE = "known-repositories";
    static final String TARGETS_STORE = "known-targets";
    static final String PROGRESS_STORE = "analysis-progress";
    static final String REQUESTS_STORE = "analysis-requests";
    static final String BASELINES_STORE = "baselines";
    static final String BASELINE_DATASETS_STORE = "baseline-datasets";
    static final String BASELINE_REQUESTS_STORE = "baseline-requests";
    static final String BASELINE_ATTEMPTS_STORE = "baseline-attempts";
    static final String GRAPH_STORE = "workspace-graph";
    static final String READERS_STORE = "workspace-readers";
    static final String WORKSPACE_REPOSITORIES_STORE = "workspace-repositories";

    private Names() {}
}
