package io.tailwater.lineage.sql.derive;

import io.tailwater.lineage.sql.canonical.Canon;
import io.tailwater.lineage.sql.result.TableRef;
import io.tailwater.lineage.sql.result.Unresolved;
import io.tailwater.lineage.sql.scope.OpenTable;
import io.tailwater.lineage.sql.scope.OutputPart;
import io.tailwater.lineage.sql.scope.Scope;
import io.tailwater.lineage.sql.scope.ScopeColumn;
import io.tailwater.lineage.sql.scope.Source;
import io.tailwater.lineage.sql.tree.Expression;
import io.tailwater.lineage.sql.tree.Renaming;
import io.tailwater.lineage.sql.tree.SelectItem;
import io.tailwater.lineage.sql.tree.SourceRange;
import io.tailwater.lineage.sql.tree.StarModifiers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The pass that expands stars, as far as columns are known. */
final class StarExpander {

    private static final long EACH_OPEN_TABLE = 9;

    private final Derivation derivation;

    StarExpander(Derivation derivation) {
        this.derivation = derivation;
    }

    List<OutputPart> expand(Expression.Star star, Env env) {
        List<OutputPart> parts = star.source() == null ? all(env.scope(), star.range()) : qualified(star, env);
        derivation.effort().spend(cost(parts));
        return star.modifiers() == null ? parts : modified(parts, star.modifiers(), env);
    }

    /** Tables whose columns are not known carry more with them than columns do. */
    private static long cost(List<OutputPart> parts) {
        long open = parts.stream().filter(OpenTable.class::isInstance).count();
        return parts.size() + EACH_OPEN_TABLE * open;
    }

    /** {@code COLUMNS('regex')} and {@code COLUMNS(*)}. */
    List<OutputPart> expand(Expression.ColumnsPattern pattern, Env env) {
        List<OutputPart> parts = all(env.scope(), pattern.range());
        derivation.effort().spend(cost(parts));
        if (pattern.pattern() instanceof Expression.Literal regex) {
            parts = matching(parts, regex.text(), pattern.range());
        } else if (pattern.pattern() instanceof Expression.Star star && star.modifiers() != null) {
            parts = modified(parts, star.modifiers(), env);
        }
        return pattern.modifiers() == null ? parts : modified(parts, pattern.modifiers(), env);
    }

    /** Everything a bare star means: merged columns first, then each relation's own. */
    List<OutputPart> all(Scope scope, SourceRange range) {
        List<OutputPart> parts = new ArrayList<>();
        scope.merged().values().forEach(column -> parts.add(column.at(range)));
        Set<String> merged = scope.merged().keySet();
        for (Source source : scope.sources()) {
            if (source.inStar()) {
                of(source, range, parts, merged);
            }
        }
        if (parts.isEmpty()) {
            derivation
                    .notes()
                    .unresolved(
                            "*",
                            Unresolved.Reason.UNKNOWN_COLUMNS,
                            "the relations in scope have no known columns",
                            List.of(),
                            range);
        }
        return parts;
    }

    private void of(Source source, SourceRange range, List<OutputPart> parts, Set<String> without) {
        for (OutputPart part : source.parts()) {
            switch (part) {
                case ScopeColumn column -> {
                    if (!without.contains(column.name())) {
                        parts.add(column.at(range));
                    }
                }
                case OpenTable open -> parts.add((without.isEmpty() ? open : open.without(without)).at(range));
            }
        }
        if (source.anyColumn() != null && source.parts().isEmpty()) {
            derivation
                    .notes()
                    .unresolved(
                            "*",
                            Unresolved.Reason.UNKNOWN_COLUMNS,
                            "columns of " + source.describe() + " are not known",
                            List.of(),
                            range);
            parts.add(source.anyColumn().renamed("*", "*").at(range));
        }
    }

    private List<OutputPart> qualified(Expression.Star star, Env env) {
        List<OutputPart> parts = new ArrayList<>();
        if (star.source() instanceof Expression.ColumnReference reference) {
            Source source = sourceOf(reference, env);
            if (source != null) {
                of(source, star.range(), parts, Set.of());
                return parts;
            }
        }
        Sink sink = new Sink();
        Canon canon =
                derivation.expressions().derive(java.util.Objects.requireNonNull(star.source()), env, Use.VALUE, sink);
        List<OutputPart> fields = derivation.structFields().of(star.source(), env);
        if (!fields.isEmpty()) {
            for (OutputPart field : StructFields.fieldsSeenThrough(fields, canon)) {
                parts.add(
                        switch (field) {
                            case ScopeColumn column -> column.at(star.range());
                            case OpenTable open -> open.at(star.range());
                        });
            }
            return parts;
        }
        derivation
                .notes()
                .unresolved(
                        derivation.textOf(star),
                        Unresolved.Reason.UNKNOWN_COLUMNS,
                        "the fields of this value are not known",
                        List.of(),
                        star.range());
        parts.add(new ScopeColumn(
                "*",
                derivation.textOf(star),
                false,
                sink.dependencies(),
                Canon.call("star", canon),
                null,
                sink.windowed(),
                null,
                star.range()));
        return parts;
    }

    private @Nullable Source sourceOf(Expression.ColumnReference reference, Env env) {
        List<String> names =
                reference.parts().stream().map(derivation.names()::column).toList();
        for (Scope scope = env.scope(); scope != null; scope = scope.parent()) {
            for (Source source : scope.sources()) {
                if (names.size() == 1 && names.getFirst().equals(source.alias())) {
                    return source;
                }
            }
            TableRef table = derivation
                    .names()
                    .table(new io.tailwater.lineage.sql.tree.QualifiedName(reference.parts(), reference.range()));
            for (Source source : scope.sources()) {
                TableRef own = source.table();
                if (own != null && own.parts().size() >= table.parts().size() && own.mayBeSameAs(table)) {
                    return source;
                }
            }
        }
        return null;
    }

    // --- modifiers
    // -------------------------------------------------------------------------------------------------------

    private List<OutputPart> modified(List<OutputPart> parts, StarModifiers modifiers, Env env) {
        List<OutputPart> result = parts;
        if (modifiers.like() instanceof Expression.Literal pattern) {
            result = matching(result, likeToRegex(pattern.text()), modifiers.range());
        }
        if (!modifiers.except().isEmpty()) {
            Set<String> names = new HashSet<>();
            modifiers.except().forEach(name -> names.add(derivation.names().lastColumn(name)));
            result = without(result, names);
        }
        for (SelectItem item : modifiers.replace()) {
            if (!item.aliases().isEmpty()) {
                result = replaced(result, item, env);
            }
        }
        for (Renaming renaming : modifiers.rename()) {
            String to = derivation.names().column(renaming.to());
            result = renamed(
                    result,
                    derivation.names().lastColumn(renaming.from()),
                    to,
                    renaming.to().text());
        }
        return result;
    }

    static List<OutputPart> without(List<OutputPart> parts, Set<String> names) {
        List<OutputPart> rest = new ArrayList<>();
        for (OutputPart part : parts) {
            switch (part) {
                case ScopeColumn column -> {
                    if (!names.contains(column.name())) {
                        rest.add(column);
                    }
                }
                case OpenTable open -> rest.add(open.without(names));
            }
        }
        return rest;
    }

    /** The parts with one column under another name. */
    static List<OutputPart> renamed(List<OutputPart> parts, String from, String to, String label) {
        boolean known = parts.stream()
                .anyMatch(part ->
                        part instanceof ScopeColumn column && column.name().equals(from));
        List<OutputPart> result = new ArrayList<>();
        for (OutputPart part : parts) {
            result.add(
                    switch (part) {
                        case ScopeColumn column -> column.name().equals(from) ? column.renamed(to, label) : column;
                        case OpenTable open -> known ? open : open.withRenaming(from, to);
                    });
        }
        return result;
    }

    private List<OutputPart> replaced(List<OutputPart> parts, SelectItem item, Env env) {
        String name = derivation.names().column(item.aliases().getFirst());
        Sink sink = new Sink();
        Canon canon = derivation.expressions().derive(item.value(), env, Use.VALUE, sink);
        ScopeColumn column = new ScopeColumn(
                name,
                item.aliases().getFirst().text(),
                true,
                sink.dependencies(),
                canon,
                null,
                sink.windowed(),
                null,
                item.range());
        return replaced(parts, column);
    }

    /** The parts with another definition of one column. */
    static List<OutputPart> replaced(List<OutputPart> parts, ScopeColumn column) {
        boolean known = parts.stream()
                .anyMatch(
                        part -> part instanceof ScopeColumn each && each.name().equals(column.name()));
        List<OutputPart> result = new ArrayList<>();
        for (OutputPart part : parts) {
            result.add(
                    switch (part) {
                        case ScopeColumn each -> each.name().equals(column.name()) ? column : each;
                        case OpenTable open -> known ? open : open.withReplacement(column);
                    });
        }
        return result;
    }

    private List<OutputPart> matching(List<OutputPart> parts, String regex, SourceRange range) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException foreign) {
            derivation
                    .notes()
                    .unresolved(
                            regex, Unresolved.Reason.UNSUPPORTED, "a pattern that cannot be read", List.of(), range);
            return parts;
        }
        List<OutputPart> result = new ArrayList<>();
        for (OutputPart part : parts) {
            switch (part) {
                case ScopeColumn column -> {
                    if (pattern.matcher(column.label()).find()) {
                        result.add(column);
                    }
                }
                case OpenTable open -> {
                    derivation
                            .notes()
                            .unresolved(
                                    regex,
                                    Unresolved.Reason.UNKNOWN_COLUMNS,
                                    "which columns of " + open.table() + " the pattern picks is not known",
                                    List.of(),
                                    range);
                    result.add(open);
                }
            }
        }
        return result;
    }

    private static String likeToRegex(String like) {
        StringBuilder regex = new StringBuilder("^");
        for (char each : like.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (each) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(each)));
            }
        }
        return regex.append('$').toString();
    }
}
