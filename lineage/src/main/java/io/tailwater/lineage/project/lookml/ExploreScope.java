package io.tailwater.lineage.project.lookml;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names by which an explore knows its views. */
final class ExploreScope {
    private ExploreScope() {}

    /**
     * A view as an explore uses it.
     *
     * @param view name of the view
     * @param join the join that brings it; null for the view the explore starts from
     * @param at where it is named
     */
    record Used(String view, @Nullable Part join, Part.Place at) {}

    /** Views by the name the explore gives them, the one it starts from first. */
    static Map<String, Used> aliases(Part explore, String name) {
        Map<String, Used> found = new LinkedHashMap<>();
        String from = explore.text("from");
        String viewName = explore.text("view_name");
        String alias = viewName != null ? viewName : name;
        String view = from != null ? from : viewName != null ? viewName : name;
        found.put(alias, new Used(view, null, explore.place));
        for (Part join : explore.parts("join")) {
            String joined = join.text("from");
            found.put(join.name, new Used(joined != null ? joined : join.name, join, join.place));
        }
        return found;
    }
}
