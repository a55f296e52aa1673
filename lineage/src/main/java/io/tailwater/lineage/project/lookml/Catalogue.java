package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.DatasetKinds;
import io.tailwater.lineage.graph.DatasetRole;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.bi.ReadingDraft;
import io.tailwater.lineage.project.lookml.LookmlProject.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names of views and their fields lead to, for all that is built from them. */
final class Catalogue {
    private final LookmlProject project;
    private final ReadingDraft draft;
    private final Map<String, Set<String>> columns = new HashMap<>();

    Catalogue(LookmlProject project, ReadingDraft draft) {
        this.project = project;
        this.draft = draft;
        for (Definition view : project.views()) {
            Set<String> names = new HashSet<>();
            view.whole.fields().values().forEach(field -> names.addAll(FieldColumns.of(field)));
            columns.put(view.id, names);
        }
    }

    /**
     * A field that a name leads to.
     *
     * @param datasetId the view
     * @param column the field
     * @param known whether the view has such a field, or cannot be told to lack it
     */
    record Target(String datasetId, String column, boolean known) {}

    LookmlProject project() {
        return project;
    }

    ReadingDraft draft() {
        return draft;
    }

    /** Whether a view has a column. */
    boolean has(Definition view, String column) {
        Set<String> names = columns.get(view.id);
        return names != null && names.contains(column)
                || FieldColumns.offers(view.whole.fields(), column)
                || isOpen(view);
    }

    /** Whether a view may have fields that are not written here. */
    boolean isOpen(Definition view) {
        return view.refinesImported
                || view.parents.stream().anyMatch(this::isOpen)
                || view.own.items("extends").size() > view.parents.size() && project.mayBeImported(view.path());
    }

    /** The dataset of a view that is named in a file; made up as imported or missing where it is not here. */
    String viewId(String name, String path, SourceLocation at) {
        Definition view = project.view(name, path);
        return view != null ? view.id : elsewhere(name, path, at);
    }

    /** The dataset of a view that is not here. */
    String elsewhere(String name, String path, SourceLocation at) {
        if (project.mayBeImported(path)) {
            return imported(name, path, at);
        }
        String id = "lookml_view." + name;
        draft.add(ReadingDraft.onlyNamed(id, name, null, DatasetKinds.LOOKML_VIEW, DatasetRole.MISSING, at));
        return id;
    }

    /** The dataset that stands for a view of another project. */
    String imported(String name, String path, SourceLocation at) {
        String from = project.importedFrom(name, path);
        String id = "lookml_import." + (from == null ? "" : from + ".") + name;
        draft.add(ReadingDraft.onlyNamed(
                id,
                name,
                from == null ? null : qualifiedView(from, name),
                DatasetKinds.LOOKML_VIEW,
                DatasetRole.REFERENCED,
                at));
        return id;
    }

    /** By which name other projects find a view. */
    static String qualifiedView(String projectName, String view) {
        return "lookml:view." + projectName + "." + view;
    }

    /** By which name other projects find an explore. */
    static String qualifiedExplore(String model, String explore) {
        return "lookml:explore." + model + "." + explore;
    }

    /**
     * The fields that a name in a view leads to: more than one where it names a join that stands for several views.
     * None if there is nothing of that name.
     */
    List<Target> fromView(Definition self, Part.@Nullable Place place, String reference, SourceLocation at) {
        int dot = reference.indexOf('.');
        if (dot < 0) {
            return List.of(new Target(self.id, reference, has(self, reference)));
        }
        String name = reference.substring(0, dot);
        String field = reference.substring(dot + 1);
        if (name.equals(self.name)) {
            return List.of(new Target(self.id, field, has(self, field)));
        }
        String path = place == null ? self.path() : place.file().path();
        Definition view = project.view(name, path);
        if (view != null && (has(view, field) || !project.isAlias(name))) {
            return List.of(new Target(view.id, field, has(view, field)));
        }
        List<Target> found = new ArrayList<>();
        for (Definition aliased : project.viewsAliased(name, path)) {
            if (has(aliased, field)) {
                found.add(new Target(aliased.id, field, true));
            }
        }
        if (!found.isEmpty()) {
            return found;
        }
        if (view != null) {
            return List.of(new Target(view.id, field, false));
        }
        return project.mayBeImported(path) || project.mayBeImported(self.path())
                ? List.of(new Target(imported(name, path, at), field, true))
                : List.of();
    }
}
