package io.tailwater.lineage.sql.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One case of {@code lineage --batch}.
 *
 * @param id what the result is recognised by
 * @param dialect name or alias; null means ansi
 * @param defaultDatabase database of names that have none, or null
 * @param defaultSchema schema of names that have none, or null
 * @param schema columns of tables, by table name
 * @param sources view definitions as SQL, by name
 * @param statements texts, analysed in order; each may hold several statements
 * @param sessions for each text the session it ran in, null for none; empty when the texts are one script
 */
public record BatchCase(
        String id,
        @Nullable String dialect,
        @Nullable String defaultDatabase,
        @Nullable String defaultSchema,
        Map<String, List<String>> schema,
        Map<String, String> sources,
        List<String> statements,
        List<@Nullable String> sessions) {}
