package io.tailwater.lineage.graph;

import java.util.Set;

/** What follows from the kind of a dataset, where it is not a plain relation. */
public final class DatasetKinds {
    /** A view of LookML: fields over a table. */
    public static final String LOOKML_VIEW = "lookml_view";

    /** What people choose fields from. */
    public static final String EXPLORE = "explore";

    /** A page of charts; its columns are the charts and filters on it. */
    public static final String DASHBOARD = "dashboard";

    /** One chart or saved question. */
    public static final String CHART = "chart";

    /** Fields and measures over tables in a BI tool. */
    public static final String SEMANTIC_MODEL = "semantic_model";

    /** A list of fields that is offered somewhere and computes nothing. */
    public static final String FIELD_LIST = "field_list";

    /** A query that a BI file carries, run when somebody looks. */
    public static final String DERIVED_TABLE = "derived_table";

    /** A topic of Kafka with the schema of its records. */
    public static final String TOPIC = "topic";

    private static final Set<String> FIELDWISE =
            Set.of(LOOKML_VIEW, EXPLORE, DASHBOARD, CHART, SEMANTIC_MODEL, FIELD_LIST);

    private DatasetKinds() {}

    /**
     * Whether each column of such a dataset is computed on its own, when somebody asks for it: a column that cannot be
     * computed leaves the others working.
     */
    public static boolean isFieldwise(String kind) {
        return FIELDWISE.contains(kind);
    }

    /** Whether such a dataset keeps nothing: what it cannot compute any more, its readers cannot show. */
    public static boolean isComputedWhenRead(String kind) {
        return isFieldwise(kind) || kind.equals(DERIVED_TABLE);
    }
}
