package io.tailwater.pranalyzer.impact;

import io.tailwater.pranalyzer.state.BaselineState;
import io.tailwater.schemas.event.RepositoryEvent;
import java.util.Optional;

/**
 * Reads what a repository's default branch says about its data. Called under the same conditions as
 * {@link PullRequestAnalysis}.
 */
@FunctionalInterface
public interface BaselineAnalysis {

    /**
     * Reads the default branch as the server names it now, whatever the event says.
     *
     * @param event why it is read
     * @param standing what was read last
     */
    BaselineResult read(RepositoryEvent event, Optional<BaselineState> standing);
}
