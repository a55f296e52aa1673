package io.tailwater.lineage.sql.dialect;

import io.tailwater.lineage.sql.tree.Operator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One database's SQL, as data. The parser holds a grammar that is common to all and asks here where they differ. */
public final class Dialect {

    private final String name;
    private final List<String> aliases;
    private final IdentifierFolding tableFolding;
    private final IdentifierFolding columnFolding;
    private final Set<Feature> features;
    private final Set<Keyword> reserved;
    private final Set<String> datePartFirst;
    private final Set<String> datePartLast;
    private final Set<String> callsWithoutParentheses;
    private final Map<Integer, Infix> infixes;
    private final Set<Integer> punctuation;
    private final Set<Integer> symbols;

    private Dialect(Builder builder) {
        this.name = builder.name;
        this.aliases = List.copyOf(builder.aliases);
        this.tableFolding = builder.tableFolding;
        this.columnFolding = builder.columnFolding;
        this.features = EnumSet.copyOf(builder.features);
        this.reserved = EnumSet.copyOf(builder.reserved);
        this.datePartFirst = Set.copyOf(builder.datePartFirst);
        this.datePartLast = Set.copyOf(builder.datePartLast);
        this.callsWithoutParentheses = Set.copyOf(builder.callsWithoutParentheses);
        this.infixes = Map.copyOf(builder.infixes);
        this.punctuation = Set.copyOf(builder.punctuation);
        this.symbols = symbolsOf(builder);
    }

    private static Set<Integer> symbolsOf(Builder builder) {
        Set<Integer> symbols = new HashSet<>(builder.infixes.keySet());
        symbols.addAll(builder.punctuation);
        return Set.copyOf(symbols);
    }

    /** The dialect called {@code name}, in any case, or by an alias; unknown names are an {@link IllegalArgumentException} that lists what is known. */
    public static Dialect named(String name) {
        return Dialects.named(name);
    }

    /** All dialects, the common one first. */
    public static List<Dialect> all() {
        return Dialects.all();
    }

    /** The name people use, in small letters. */
    public String name() {
        return name;
    }

    /** Other names that mean this dialect. */
    public List<String> aliases() {
        return aliases;
    }

    /** How names of catalogs, schemas and tables compare. */
    public IdentifierFolding tableFolding() {
        return tableFolding;
    }

    /** How names of columns and aliases compare. */
    public IdentifierFolding columnFolding() {
        return columnFolding;
    }

    /** Whether the dialect has {@code feature}. */
    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Whether {@code keyword}, unquoted, can be neither a column nor an alias without AS. */
    public boolean reserves(Keyword keyword) {
        return reserved.contains(keyword);
    }

    /** Functions, in capitals, whose first argument may be a date part as a bare word. */
    public Set<String> datePartFirst() {
        return datePartFirst;
    }

    /** Functions, in capitals, of which an argument behind the first may be a date part as a bare word. */
    public Set<String> datePartLast() {
        return datePartLast;
    }

    /** Functions, in capitals, that are called without parentheses. */
    public Set<String> callsWithoutParentheses() {
        return callsWithoutParentheses;
    }

    /** The operator with the symbol of {@code code}, or null. */
    public @Nullable Infix infix(int code) {
        return infixes.get(code);
    }

    /** Whether the characters of {@code code} stand together as one symbol. */
    public boolean isSymbol(int code) {
        return symbols.contains(code);
    }

    @Override
    public String toString() {
        return name;
    }

    /** A dialect that differs from this one only in what is said next. */
    Builder variant(String name) {
        return new Builder(name, this);
    }

    /** Collects what makes up a dialect. */
    static final class Builder {
        private final String name;
        private List<String> aliases = List.of();
        private IdentifierFolding tableFolding;
        private IdentifierFolding columnFolding;
        private final Set<Feature> features = EnumSet.noneOf(Feature.class);
        private final Set<Keyword> reserved = EnumSet.noneOf(Keyword.class);
        private final Set<String> datePartFirst = new HashSet<>();
        private final Set<String> datePartLast = new HashSet<>();
        private final Set<String> callsWithoutParentheses = new HashSet<>();
        private final Map<Integer, Infix> infixes = new HashMap<>();
        private final Set<Integer> punctuation = new HashSet<>();

        Builder(String name, IdentifierFolding folding) {
            this.name = name;
            this.tableFolding = folding;
            this.columnFolding = folding;
        }

        private Builder(String name, Dialect parent) {
            this.name = name;
            this.tableFolding = parent.tableFolding;
            this.columnFolding = parent.columnFolding;
            features.addAll(parent.features);
            reserved.addAll(parent.reserved);
            datePartFirst.addAll(parent.datePartFirst);
            datePartLast.addAll(parent.datePartLast);
            callsWithoutParentheses.addAll(parent.callsWithoutParentheses);
            infixes.putAll(parent.infixes);
            punctuation.addAll(parent.punctuation);
        }

        Builder aliases(String... names) {
            aliases = List.of(names);
            return this;
        }

        Builder folding(IdentifierFolding tables, IdentifierFolding columns) {
            tableFolding = tables;
            columnFolding = columns;
            return this;
        }

        Builder with(Feature... added) {
            features.addAll(List.of(added));
            return this;
        }

        Builder without(Feature... removed) {
            List.of(removed).forEach(features::remove);
            return this;
        }

        Builder reserve(Keyword... words) {
            reserved.addAll(List.of(words));
            return this;
        }

        Builder release(Keyword... words) {
            List.of(words).forEach(reserved::remove);
            return this;
        }

        Builder datePartFirst(String... functions) {
            datePartFirst.addAll(List.of(functions));
            return this;
        }

        Builder withoutDatePartFirst(String... functions) {
            List.of(functions).forEach(datePartFirst::remove);
            return this;
        }

        Builder datePartLast(String... functions) {
            datePartLast.addAll(List.of(functions));
            return this;
        }

        Builder callsWithoutParentheses(String... functions) {
            callsWithoutParentheses.addAll(List.of(functions));
            return this;
        }

        Builder infixes(Map<Integer, Infix> added) {
            infixes.putAll(added);
            return this;
        }

        Builder infix(Operator.Kind kind, int precedence, String... symbols) {
            Operators.add(infixes, kind, precedence, symbols);
            return this;
        }

        /** Makes {@code added} symbols that are no operators. */
        Builder punctuation(String... added) {
            for (String symbol : added) {
                punctuation.add(Symbols.code(symbol));
            }
            return this;
        }

        Builder withoutSymbols(String... symbols) {
            for (String symbol : symbols) {
                infixes.remove(Symbols.code(symbol));
            }
            return this;
        }

        Dialect build() {
            return new Dialect(this);
        }
    }
}
