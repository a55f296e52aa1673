package io.tailwater.lineage.project.dbt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers which columns a dataset has, as far as they are known when a template is rendered. */
@FunctionalInterface
interface Columns {
    /** The names of all columns of a dataset, in order; null where they are not all known. */
    @Nullable
    List<String> of(String datasetId);
}
