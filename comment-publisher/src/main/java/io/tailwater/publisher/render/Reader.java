package io.tailwater.publisher.render;

import io.tailwater.schemas.lineage.Location;
import io.tailwater.schemas.report.Certainty;
import io.tailwater.schemas.report.Effect;
import io.tailwater.schemas.report.Hop;
import io.tailwater.schemas.report.Impact;
import io.tailwater.schemas.report.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One reader of a change, as the comment shows it.
 *
 * @param impact what happens to it
 * @param elsewhere whether it is in another repository than the pull request
 */
record Reader(Impact impact, boolean elsewhere) {

    private static final Set<String> RELATIONS =
            Set.of("model", "table", "view", "seed", "snapshot", "source", "materialized_view");

    /** Whether it is shown to people: a dashboard, not a step on the way to one. */
    boolean isShownToPeople() {
        return switch (impact.getKind()) {
            case "dashboard", "exposure", "explore", "metric", "application", "notebook" -> true;
            default -> false;
        };
    }

    /**
     * Whether it fails or loses a column, for certain, or counts so by the repository's configuration. A column that the reader's own edit in this pull request takes
     * away was taken on purpose; whoever still reads it is a reader of its own.
     */
    boolean breaks() {
        if (impact.getSeverity() != null) {
            return impact.getSeverity() == Verdict.BREAKING;
        }
        return impact.getCertainty() == Certainty.PROVEN
                && switch (impact.getEffect()) {
                    case BREAKS -> true;
                    case COLUMN_REMOVED, COLUMN_RENAMED -> !impact.getChangedHere();
                    case VALUES, ROWS, REACHED -> false;
                };
    }

    /** Whether its output loses or renames a column, on purpose or not. */
    boolean losesColumn() {
        return impact.getCertainty() == Certainty.PROVEN
                && (impact.getEffect() == Effect.COLUMN_REMOVED || impact.getEffect() == Effect.COLUMN_RENAMED);
    }

    /**
     * What breaks first, what fails before what loses a column; within that the pull request's own repository, since
     * others have a list of their own; then by {@link #rank()}.
     */
    static Comparator<Reader> worstFirst() {
        return Comparator.comparing((Reader reader) -> !reader.breaks())
                .thenComparing(reader -> reader.breaks() && reader.impact.getEffect() != Effect.BREAKS)
                .thenComparing(Reader::elsewhere)
                .thenComparingInt(Reader::rank);
    }

    /** Lower is told first: what people see, then other repositories, then what the author did not touch. */
    int rank() {
        int seen = isShownToPeople() ? 0 : 4;
        int near = elsewhere ? 0 : 2;
        return seen + near + (impact.getChangedHere() ? 1 : 0);
    }

    /** Whether its own column goes by another name afterwards. */
    boolean isRenamed() {
        return impact.getEffect() == Effect.COLUMN_RENAMED;
    }

    /** The column under the name that its readers know; empty when the dataset as a whole is meant. */
    Optional<String> columnBefore() {
        Optional<String> known = impact.getPath().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(impact.getPath().getLast().getColumn());
        return isRenamed() && known.isPresent() ? known : Optional.ofNullable(impact.getColumn());
    }

    /** The new name of a renamed column, where the report tells it. */
    Optional<String> columnAfter() {
        return isRenamed()
                ? Optional.ofNullable(impact.getColumn())
                        .filter(name -> !columnBefore().equals(Optional.of(name)))
                : Optional.empty();
    }

    /** Its name, with the kind where a kind tells something. */
    String label() {
        String column = columnBefore().map(name -> "." + name).orElse("");
        String label = isRelation()
                ? Markdown.code(impact.getDataset() + column)
                : Markdown.sentence(impact.getKind()) + " " + Markdown.emphasised(impact.getDataset());
        return elsewhere ? Markdown.code(impact.getRepository()) + " " + label : label;
    }

    /** Its name behind the dataset through which it is reached, where that is another than the changed one. */
    String labelWithWay() {
        return way().map(dataset -> Markdown.code(dataset) + " → ").orElse("") + label();
    }

    /** The dataset through which something that is no relation is reached, where that is another than the changed one. */
    Optional<String> way() {
        List<Hop> path = impact.getPath();
        return isRelation() || path.size() < 3
                ? Optional.empty()
                : Optional.of(path.get(path.size() - 2).getDataset());
    }

    private boolean isRelation() {
        return RELATIONS.contains(impact.getKind());
    }

    /** Where it reads what changes. */
    Location at() {
        return impact.getPath().getLast().getAt();
    }

    /** What may change for it, in a few words. */
    String whatMayChange() {
        String what = switch (impact.getEffect()) {
            case BREAKS -> impact.getSeverity() != null ? "breaks, counted as milder" : "may break";
            case COLUMN_REMOVED -> losesColumn() ? "loses the column" : "may lose the column";
            case COLUMN_RENAMED -> losesColumn() ? "renames the column" : "may rename the column";
            case VALUES -> "value";
            case ROWS -> "rows";
            case REACHED -> impact.getKind().equals("test") ? "its result" : "what it shows";
        };
        String certainty = impact.getCertainty() == Certainty.POSSIBLE ? ", not proven" : "";
        return what + certainty + (impact.getChangedHere() && losesColumn() ? ", edited here" : "");
    }
}
