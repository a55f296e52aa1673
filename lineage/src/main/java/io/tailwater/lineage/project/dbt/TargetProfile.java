package io.tailwater.lineage.project.dbt;

import org.jspecify.annotations.Nullable;

/**
 * What a repository tells about where its project runs.
 *
 * @param name name of the target taken for the production one; null where no profile is here
 * @param type adapter type, e.g. {@code snowflake}; null where no profile is here
 * @param database database as written, possibly a template; null where unknown
 * @param schema schema as written, possibly a template; null where unknown
 * @param path path of the profile; null where none is here
 */
record TargetProfile(
        @Nullable String name,
        @Nullable String type,
        @Nullable String database,
        @Nullable String schema,
        @Nullable String path) {
    static final TargetProfile UNKNOWN = new TargetProfile(null, null, null, null, null);
}
