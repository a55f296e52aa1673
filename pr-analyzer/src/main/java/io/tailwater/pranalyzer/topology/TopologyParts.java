package io.tailwater.pranalyzer.topology;

import io.tailwater.pranalyzer.impact.BaselineAnalysis;
import io.tailwater.pranalyzer.impact.PullRequestAnalysis;
import io.tailwater.pranalyzer.impact.WorkspaceImpacts;
import io.tailwater.pranalyzer.work.WorkPool;

/**
 * What the topology is made of.
 *
 * @param serdes how records are written
 * @param pool does the long work
 * @param analysis analyses a pull request
 * @param baselines reads a default branch
 * @param impacts carries changes on to other repositories
 * @param tokens tells when parked work may go on
 * @param meters counts what happens
 * @param settings times and sizes
 */
public record TopologyParts(
        RecordSerdes serdes,
        WorkPool pool,
        PullRequestAnalysis analysis,
        BaselineAnalysis baselines,
        WorkspaceImpacts impacts,
        TokenFingerprints tokens,
        TopologyMeters meters,
        TopologySettings settings) {}
