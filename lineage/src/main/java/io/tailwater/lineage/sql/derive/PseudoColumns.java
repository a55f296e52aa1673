package io.tailwater.lineage.sql.derive;

import java.util.Set;

/** Bare words that look like columns and are none. */
final class PseudoColumns {

    private static final Set<String> ALWAYS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "current_user",
            "session_user",
            "current_catalog",
            "current_schema",
            "current_role",
            "sysdate",
            "systimestamp",
            "sysdatetime",
            "getdate",
            "utc_timestamp",
            "rownum",
            "rowid",
            "_partitiontime",
            "_partitiondate",
            "_table_suffix",
            "_file_name",
            "sqlcode",
            "sqlerrm",
            "ctid",
            "xmin",
            "system_user",
            "default");

    private PseudoColumns() {}

    /** Whether a name (lower case) that no relation is known to have stands for something else than a column. */
    static boolean contains(String name) {
        return ALWAYS.contains(name) || name.startsWith("metadata$");
    }
}
