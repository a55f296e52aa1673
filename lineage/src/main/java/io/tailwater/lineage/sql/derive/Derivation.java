package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.catalog.Catalog;
import io.tailwater.lineage.sql.dialect.Dialect;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.ScopeRules;
import io.tailwater.lineage.sql.tree.Node;
import io.tailwater.lineage.sql.tree.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One walk through one text: the passes, what they share, and what they note down. */
final class Derivation {

    private final String text;
    private final Dialect dialect;
    private final Catalog catalog;
    private final int maximumViewDepth;
    private final ScopeRules rules;
    private final Names names;
    private final Session session;
    private final ColumnResolver resolver;
    private final ExpressionDeriver expressions = new ExpressionDeriver(this);
    private final RelationDeriver relations = new RelationDeriver(this);
    private final QueryDeriver queries = new QueryDeriver(this);
    private final StarExpander stars = new StarExpander(this);
    private final StructFields structFields = new StructFields(this);
    private final Effort effort;
    private final Map<TableRef, Session.Remembered> views = new HashMap<>();
    private final Set<TableRef> viewsOpen = new HashSet<>();
    private final List<Change> sideChanges = new ArrayList<>();
    private Notes notes = new Notes();

    Derivation(
            String text,
            Dialect dialect,
            Catalog catalog,
            ProvenColumns proven,
            Session session,
            int maximumViewDepth) {
        this.text = text;
        this.effort = new Effort(text.length());
        this.dialect = dialect;
        this.catalog = catalog;
        this.session = session;
        this.maximumViewDepth = maximumViewDepth;
        this.rules = ScopeRules.of(dialect.name());
        this.names = new Names(io.tailwater.lineage.sql.catalog.NameRules.of(dialect));
        this.resolver = new ColumnResolver(names.rules(), rules, proven);
    }

    Effort effort() {
        return effort;
    }

    Dialect dialect() {
        return dialect;
    }

    Catalog catalog() {
        return catalog;
    }

    ScopeRules rules() {
        return rules;
    }

    Names names() {
        return names;
    }

    Session session() {
        return session;
    }

    ColumnResolver resolver() {
        return resolver;
    }

    ExpressionDeriver expressions() {
        return expressions;
    }

    RelationDeriver relations() {
        return relations;
    }

    QueryDeriver queries() {
        return queries;
    }

    StarExpander stars() {
        return stars;
    }

    StructFields structFields() {
        return structFields;
    }

    Notes notes() {
        return notes;
    }

    /** Exchanges the notes that are being written; gives the former ones. */
    Notes exchangeNotes(Notes other) {
        Notes before = notes;
        notes = other;
        return before;
    }

    /** Keeps changes made on the way, by statements inside WITH. */
    void alsoChanges(List<Change> changes) {
        sideChanges.addAll(changes);
    }

    /** The changes made on the way since this was last asked. */
    List<Change> takeSideChanges() {
        List<Change> taken = List.copyOf(sideChanges);
        sideChanges.clear();
        return taken;
    }

    /** What a node says, for labels. */
    String textOf(Node node) {
        SourceRange range = node.range();
        return range.end() <= text.length() ? range.of(text) : "";
    }

    Canon unparsed(String reason, SourceRange range) {
        String what = range.end() <= text.length() ? range.of(text) : "";
        notes.unresolved(
                what.length() > 80 ? what.substring(0, 80) + "…" : what,
                Unresolved.Reason.NOT_PARSED,
                reason,
                List.of(),
                range);
        return Canon.text("?" + what);
    }

    // --- views
    // -----------------------------------------------------------------------------------------------------------

    Session.@Nullable Remembered knownView(TableRef view) {
        return views.get(view);
    }

    void rememberView(TableRef view, Session.Remembered content) {
        views.put(view, content);
    }

    /** Marks a view as being followed; false when it already is, or when too many are. */
    boolean enterView(TableRef view) {
        return viewsOpen.size() < maximumViewDepth && viewsOpen.add(view);
    }

    /** After a statement was given up in the middle of a view. */
    void leaveAllViews() {
        viewsOpen.clear();
    }

    void leaveView(TableRef view) {
        viewsOpen.remove(view);
    }
}
