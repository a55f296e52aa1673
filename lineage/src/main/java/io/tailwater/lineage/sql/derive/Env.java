package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.scope.CommonTables;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.tree.NamedWindow;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an expression can see.
 *
 * @param scope relations
 * @param tables CTEs
 * @param aliases items of the select list
 * @param when how aliases stand to columns at this place
 * @param windows the query's named windows
 * @param locals parameters of lambdas and variables of scripts around the expression, normalised
 */
record Env(
        Scope scope,
        CommonTables tables,
        Aliases aliases,
        AliasRule when,
        List<NamedWindow> windows,
        Set<String> locals) {

    /** How an alias stands to a column of the same name. */
    enum AliasRule {
        /** Only when certainly no relation has the column. */
        LAST,
        /** Before columns that a relation may or may not have, after those it certainly has. */
        BEFORE_POSSIBLE,
        /** Before every column: ORDER BY. */
        FIRST
    }

    /** The outermost environment: nothing to see. */
    static final Env EMPTY = new Env(Scope.EMPTY, CommonTables.NONE, Aliases.NONE, AliasRule.LAST, List.of(), Set.of());

    /** The same CTEs and variables over other relations; aliases and windows of the query around stay behind. */
    Env over(Scope newScope) {
        return new Env(newScope, tables, Aliases.NONE, AliasRule.LAST, List.of(), locals);
    }

    Env withScope(Scope newScope) {
        return new Env(newScope, tables, aliases, when, windows, locals);
    }

    Env withTables(CommonTables newTables) {
        return new Env(scope, newTables, aliases, when, windows, locals);
    }

    Env withAliases(Aliases newAliases, AliasRule rule) {
        return new Env(scope, tables, newAliases, rule, windows, locals);
    }

    Env withWindows(List<NamedWindow> newWindows) {
        return new Env(scope, tables, aliases, when, newWindows, locals);
    }

    Env withLocals(Set<String> more) {
        Set<String> all = new HashSet<>(locals);
        all.addAll(more);
        return new Env(scope, tables, aliases, when, windows, all);
    }
}
