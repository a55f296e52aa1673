package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Value;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a node is made for readers outside the repository, by the conventions of dbt projects. */
final class Publication {
    private static final Set<String> PUBLISHED_FOLDERS = Set.of(
            "mart",
            "marts",
            "report",
            "reports",
            "reporting",
            "publish",
            "published",
            "presentation",
            "gold",
            "exports",
            "export",
            "dashboards",
            "analytics_layer",
            "data_marts",
            "datamarts",
            "serving");
    private static final List<String> PUBLISHED_PREFIXES =
            List.of("dim_", "fct_", "fact_", "rpt_", "mart_", "report_", "kpi_", "agg_", "mrt_");
    private static final List<String> INNER_PREFIXES =
            List.of("stg_", "int_", "base_", "tmp_", "temp_", "prep_", "src_", "raw_");
    private static final Set<String> INNER_FOLDERS =
            Set.of("staging", "intermediate", "base", "stage", "stg", "int", "prep", "tmp", "temp");

    private Publication() {}

    static boolean isPublished(Node node) {
        if (node.config.get("materialized") instanceof Value.Str kind
                && kind.value().equals("ephemeral")) {
            return false;
        }
        String access = node.configText("access");
        if (access != null) {
            return access.equals("public");
        }
        String name = node.name.toLowerCase(Locale.ROOT);
        if (INNER_PREFIXES.stream().anyMatch(name::startsWith)) {
            return false;
        }
        List<String> folders = node.configPath.subList(0, node.configPath.size() - 1).stream()
                .map(folder -> folder.toLowerCase(Locale.ROOT))
                .toList();
        if (!folders.isEmpty() && INNER_FOLDERS.contains(folders.get(folders.size() - 1))) {
            return false;
        }
        return PUBLISHED_PREFIXES.stream().anyMatch(name::startsWith)
                || folders.stream().anyMatch(PUBLISHED_FOLDERS::contains);
    }
}
