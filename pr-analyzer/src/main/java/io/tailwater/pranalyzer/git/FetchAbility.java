package io.tailwater.pranalyzer.git;

import java.util.Optional;

/** How little a server can be asked for, from least to most. */
enum FetchAbility {
    /** Commits by id, without file contents; contents by id when needed. */
    COMMITS_WITHOUT_BLOBS("commits-without-blobs"),
    /** Commits by id, with all file contents of the history fetched. */
    COMMITS("commits"),
    /** Only whole branches. */
    BRANCHES("branches");

    private final String label;

    FetchAbility(String label) {
        this.label = label;
    }

    /** How it is written to disk. */
    String label() {
        return label;
    }

    /** What to try when this is refused; empty when there is nothing left. */
    Optional<FetchAbility> next() {
        return switch (this) {
            case COMMITS_WITHOUT_BLOBS -> Optional.of(COMMITS);
            case COMMITS -> Optional.of(BRANCHES);
            case BRANCHES -> Optional.empty();
        };
    }

    static Optional<FetchAbility> parse(String label) {
        for (FetchAbility ability : values()) {
            if (ability.label.equals(label)) {
                return Optional.of(ability);
            }
        }
        return Optional.empty();
    }
}
