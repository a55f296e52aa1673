package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.catalog.NameRules;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved.Reason;
import io.tailwater.lineage.sql.result.UpstreamColumn;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.ScopeRules;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Expression.ColumnReference;
import io.tailwater.lineage.sql.tree.Identifier;
import io.tailwater.lineage.sql.tree.QuoteStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a name in value position means. Innermost scope first; within a scope a column that a relation certainly has goes before one that it may have. Where
 * several have or may have it, the query would be refused unless the name is an alias, or only one of them has it: an alias that can be read here is meant, else
 * the only table that is proven to have the column. Otherwise nothing is guessed.
 */
final class ColumnResolver {

    private final NameRules names;
    private final ScopeRules rules;
    private final ProvenColumns proven;

    ColumnResolver(NameRules names, ScopeRules rules, ProvenColumns proven) {
        this.names = names;
        this.rules = rules;
        this.proven = proven;
    }

    Resolution resolve(ColumnReference reference, Env env) {
        List<String> parts = reference.parts().stream().map(this::column).toList();
        if (env.locals().contains(parts.getFirst())) {
            return new Resolution.NoColumn(parts.getFirst());
        }
        if (parts.size() == 1) {
            return bare(parts.getFirst(), env, List.of(), reference.parts().getFirst());
        }
        Resolution qualified = qualified(reference.parts(), parts, env);
        if (qualified != null) {
            return qualified;
        }
        if (rules.structFields()) {
            Resolution struct = bare(
                    parts.getFirst(),
                    env,
                    parts.subList(1, parts.size()),
                    reference.parts().getFirst());
            if (struct instanceof Resolution.Found || struct instanceof Resolution.NoColumn) {
                return struct;
            }
        }
        return new Resolution.Open(
                parts.getLast(),
                Reason.UNKNOWN_RELATION,
                "no relation in scope is called " + String.join(".", parts.subList(0, parts.size() - 1)),
                List.of());
    }

    private String column(Identifier identifier) {
        return names.column(identifier.text(), identifier.quote() != QuoteStyle.NONE);
    }

    // --- bare names
    // ------------------------------------------------------------------------------------------------------

    private Resolution bare(String name, Env env, List<String> fields, Identifier written) {
        if (env.when() == Env.AliasRule.FIRST) {
            ScopeColumn alias = env.aliases().find(name, true);
            if (alias != null) {
                return new Resolution.Found(alias, fields);
            }
        }
        for (Scope scope = env.scope(); scope != null; scope = scope.parent()) {
            Resolution found = inScope(name, scope, env, scope == env.scope(), fields);
            if (found != null) {
                return found;
            }
        }
        ScopeColumn alias = env.aliases().find(name, true);
        if (alias != null) {
            return new Resolution.Found(alias, fields);
        }
        String word = written.text().toLowerCase(Locale.ROOT);
        if (written.quote() == QuoteStyle.NONE && PseudoColumns.contains(word)) {
            return new Resolution.NoColumn(word);
        }
        return new Resolution.Open(
                name,
                Reason.UNKNOWN_COLUMN,
                "no relation in scope has a column of this name",
                describe(env.scope().sources()));
    }

    private @Nullable Resolution inScope(String name, Scope scope, Env env, boolean innermost, List<String> fields) {
        ScopeColumn merged = scope.merged().get(name);
        if (merged != null) {
            return new Resolution.Found(merged, fields);
        }
        List<Source> owners = new ArrayList<>();
        ScopeColumn known = null;
        for (Source source : scope.sources()) {
            ScopeColumn column = source.inStar() ? source.known(name) : null;
            if (column != null) {
                owners.add(source);
                known = known == null ? column : known;
            }
        }
        if (owners.size() > 1 && rules.leftmostOfSeveral()) {
            ScopeColumn alias = innermost ? env.aliases().find(name, false) : null;
            return new Resolution.Found(alias == null ? Objects.requireNonNull(known) : alias, fields);
        }
        if (owners.size() > 1) {
            ScopeColumn alias = innermost ? env.aliases().find(name, true) : null;
            ScopeColumn found = alias != null ? alias : onlyCertain(name, owners);
            return found != null ? new Resolution.Found(found, fields) : ambiguous(name, owners);
        }
        if (known != null) {
            return new Resolution.Found(known, fields);
        }
        Source row = byAlias(name, scope);
        if (row != null && row.anyColumn() == null && fields.isEmpty()) {
            return new Resolution.WholeRow(row);
        }
        if (innermost && env.when() == Env.AliasRule.BEFORE_POSSIBLE) {
            ScopeColumn alias = env.aliases().find(name, false);
            if (alias != null) {
                return new Resolution.Found(alias, fields);
            }
        }
        return possible(name, scope, fields);
    }

    private @Nullable Resolution possible(String name, Scope scope, List<String> fields) {
        if (PseudoColumns.contains(name)) {
            return null;
        }
        List<ScopeColumn> columns = new ArrayList<>();
        List<Source> owners = new ArrayList<>();
        for (Source source : scope.sources()) {
            List<ScopeColumn> offered = source.inStar() ? source.possible(name) : List.of();
            if (!offered.isEmpty()) {
                owners.add(source);
                columns.addAll(offered);
            }
        }
        if (columns.size() == 1) {
            return knownFurtherOut(name, scope, owners, columns.getFirst(), fields);
        }
        if (columns.size() > 1) {
            ScopeColumn only = onlyProven(columns);
            return only != null ? new Resolution.Found(only, fields) : ambiguous(name, owners);
        }
        for (Source source : scope.sources()) {
            if (source.anyColumn() != null) {
                return new Resolution.Found(source.anyColumn(), fields);
            }
        }
        return null;
    }

    /**
     * The column of the only relation that certainly has it: of the others it is only declared, and wrongly, or the
     * database would refuse the query.
     */
    private @Nullable ScopeColumn onlyCertain(String name, List<Source> owners) {
        List<ScopeColumn> certain = new ArrayList<>();
        for (Source owner : owners) {
            ScopeColumn column = owner.known(name);
            if (column != null && (!owner.isOpen() || isProven(column))) {
                certain.add(column);
            }
        }
        return certain.size() == 1 ? certain.getFirst() : null;
    }

    private @Nullable ScopeColumn onlyProven(List<ScopeColumn> columns) {
        List<ScopeColumn> certain = columns.stream().filter(this::isProven).toList();
        return certain.size() == 1 ? certain.getFirst() : null;
    }

    private boolean isProven(ScopeColumn column) {
        UpstreamColumn origin = column.origin();
        return origin == null || proven.contains(origin);
    }

    /** A column that a table here may have and a relation further out certainly has is either's. */
    private Resolution knownFurtherOut(
            String name, Scope scope, List<Source> owners, ScopeColumn column, List<String> fields) {
        if (isProven(column)) {
            return new Resolution.Found(column, fields);
        }
        for (Scope outer = scope.parent(); outer != null; outer = outer.parent()) {
            for (Source source : outer.sources()) {
                if (source.known(name) != null) {
                    List<Source> both = new ArrayList<>(owners);
                    both.add(source);
                    return ambiguous(name, both);
                }
            }
        }
        return new Resolution.Found(column, fields);
    }

    private static Resolution ambiguous(String name, List<Source> owners) {
        List<String> candidates = describe(owners);
        return new Resolution.Open(
                name, Reason.AMBIGUOUS_COLUMN, "could come from " + String.join(" or ", candidates), candidates);
    }

    private static List<String> describe(List<Source> sources) {
        return sources.stream().map(Source::describe).distinct().toList();
    }

    // --- qualified names
    // -------------------------------------------------------------------------------------------------

    private @Nullable Resolution qualified(List<Identifier> written, List<String> parts, Env env) {
        for (Scope scope = env.scope(); scope != null; scope = scope.parent()) {
            Source byAlias = byAlias(parts.getFirst(), scope);
            if (byAlias != null) {
                return of(byAlias, parts.get(1), parts.subList(2, parts.size()));
            }
            for (int length = Math.min(3, parts.size() - 1); length >= 1; length--) {
                TableRef table = new TableRef(
                        written.subList(0, length).stream().map(this::tablePart).toList());
                List<Source> matching = scope.sources().stream()
                        .filter(source -> source.table() != null && endsWith(source.table(), table))
                        .toList();
                if (matching.size() == 1) {
                    return of(matching.getFirst(), parts.get(length), parts.subList(length + 1, parts.size()));
                }
            }
        }
        return null;
    }

    private String tablePart(Identifier identifier) {
        return names.tablePart(identifier.text(), identifier.quote() != QuoteStyle.NONE);
    }

    private static boolean endsWith(TableRef table, TableRef name) {
        int shared = name.parts().size();
        int size = table.parts().size();
        return shared <= size && table.parts().subList(size - shared, size).equals(name.parts());
    }

    /** The relation of that alias; of several, which only broken or very lenient SQL has, the first. */
    private static @Nullable Source byAlias(String alias, Scope scope) {
        for (Source source : scope.sources()) {
            if (alias.equals(source.alias())) {
                return source;
            }
        }
        return null;
    }

    private Resolution of(Source source, String name, List<String> fields) {
        ScopeColumn known = source.known(name);
        if (known != null) {
            return new Resolution.Found(known, fields);
        }
        List<ScopeColumn> possible = source.possible(name);
        if (possible.size() == 1) {
            return new Resolution.Found(possible.getFirst(), fields);
        }
        if (possible.size() > 1) {
            ScopeColumn only = onlyProven(possible);
            if (only != null) {
                return new Resolution.Found(only, fields);
            }
            return new Resolution.Open(
                    name,
                    Reason.AMBIGUOUS_COLUMN,
                    source.describe() + " passes on several tables whose columns are not known",
                    possible.stream()
                            .map(column -> String.valueOf(column.origin()))
                            .toList());
        }
        if (source.anyColumn() != null) {
            return new Resolution.Found(source.anyColumn(), fields);
        }
        return new Resolution.Open(
                name,
                Reason.UNKNOWN_COLUMN,
                source.describe() + " has no column of this name",
                List.of(source.describe()));
    }
}
