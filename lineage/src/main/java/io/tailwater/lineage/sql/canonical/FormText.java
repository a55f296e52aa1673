package io.tailwater.lineage.sql.canonical;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes canonical forms as text. Long texts are cut down to a digest, so that values computed from values computed from values stay small. */
final class FormText {

    private static final int LONGEST = 1_000;

    /** Most parts that are written for one query, those of its nested queries included. */
    private static final int MOST_PARTS = 2_000_000;

    private final Naming naming;
    private final Detail detail;
    private final @Nullable Instance marked;
    private final int[] parts;
    private final IdentityHashMap<Canon, String> written = new IdentityHashMap<>();

    FormText(Naming naming, Detail detail) {
        this(naming, detail, null, new int[1]);
    }

    private FormText(Naming naming, Detail detail, @Nullable Instance marked, int[] parts) {
        this.naming = naming;
        this.detail = detail;
        this.marked = marked;
        this.parts = parts;
    }

    /** The same inside a nested query. */
    private FormText inside(QueryForm nested) {
        return new FormText(Naming.of(nested, naming), detail, marked, parts);
    }

    private void count(int more) {
        parts[0] += 1 + more;
        if (parts[0] > MOST_PARTS) {
            throw new TooLarge("queries nested in one another say more than " + MOST_PARTS + " things");
        }
    }

    /** The canonical text of an expression. */
    String of(Canon canon) {
        return switch (canon) {
            case Canon.Text text -> text.text();
            case Canon.Column column -> column(column);
            default -> {
                String known = written.get(canon);
                if (known == null) {
                    known = shortened(compose(canon));
                    written.put(canon, known);
                }
                yield known;
            }
        };
    }

    private String compose(Canon canon) {
        return switch (canon) {
            case Canon.Text text -> text.text();
            case Canon.Column column -> column(column);
            case Canon.Operation operation -> {
                List<String> operands = all(operation.operands());
                if (operation.commutative()) {
                    Collections.sort(operands);
                }
                yield "(" + String.join(" " + operation.symbol() + " ", operands) + ")";
            }
            case Canon.Call call -> call.name() + "(" + String.join(", ", all(call.arguments())) + ")";
            case Canon.Nested nested -> {
                FormText inner = inside(nested.form());
                yield "(select " + String.join(", ", inner.outputs(nested.form())) + " " + inner.rows(nested.form())
                        + ")";
            }
        };
    }

    /** In shape, a column of a subquery is what it is inside, unless several subqueries look alike. */
    private String column(Canon.Column column) {
        String name = name(column.instance());
        boolean plain = detail == Detail.SHAPE
                && column.instance().form() != null
                && name.equals(column.instance().shape());
        return plain ? column.name() : name + "." + column.name();
    }

    private String name(Instance instance) {
        return instance == marked ? "@" : naming.name(instance, detail);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, 60) + "…#" + Digest.of(text);
    }

    private List<String> all(List<Canon> canons) {
        count(canons.size());
        List<String> texts = new ArrayList<>(canons.size());
        for (Canon canon : canons) {
            texts.add(of(canon));
        }
        return texts;
    }

    /** The canonical texts of several expressions, in text order and each once. */
    List<String> sorted(List<Canon> canons) {
        return all(canons).stream().sorted().distinct().toList();
    }

    /** The canonical text of each output column, for a set operation put together from its branches. */
    List<String> outputs(QueryForm form) {
        SetForm set = form.set();
        if (set == null) {
            return all(form.columns());
        }
        List<List<String>> branches = branchOutputs(set);
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < form.columns().size(); i++) {
            List<String> parts = new ArrayList<>();
            for (List<String> branch : branches) {
                parts.add(i < branch.size() ? branch.get(i) : "-");
            }
            outputs.add(shortened(
                    parts.stream().distinct().count() == 1 ? parts.getFirst() : "[" + String.join(" | ", parts) + "]"));
        }
        return outputs;
    }

    private List<List<String>> branchOutputs(SetForm set) {
        List<QueryForm> branches = new ArrayList<>(set.branches());
        IdentityHashMap<QueryForm, String> keys = new IdentityHashMap<>();
        IdentityHashMap<QueryForm, List<String>> outputs = new IdentityHashMap<>();
        for (QueryForm branch : branches) {
            FormText inner = inside(branch);
            List<String> texts = inner.outputs(branch);
            outputs.put(branch, texts);
            String key = inner.rows(branch) + texts;
            keys.put(branch, key);
        }
        if (set.free()) {
            branches.sort((a, b) -> keys.getOrDefault(a, "").compareTo(keys.getOrDefault(b, "")));
        }
        return branches.stream()
                .map(branch -> outputs.getOrDefault(branch, List.of()))
                .toList();
    }

    /** What decides the rows of a query, as one text. */
    String rows(QueryForm form) {
        StringBuilder text = new StringBuilder();
        SetForm set = form.set();
        if (set != null) {
            text.append(String.join(" " + set.operator() + " ", branches(set)));
        }
        text.append(joins(form.joins()));
        part(text, "where", sorted(form.filters()));
        if (form.grain() != null) {
            text.append(" group by ").append(sorted(form.grain()));
        }
        part(text, "having", sorted(form.having()));
        if (form.distinct()) {
            text.append(" distinct ").append(sorted(form.columns()));
        }
        if (form.limit() != null) {
            text.append(" limit ").append(of(form.limit()));
        }
        return text.toString();
    }

    /** Each branch of a set operation as one text. */
    List<String> branches(SetForm set) {
        List<String> texts = new ArrayList<>();
        for (QueryForm branch : set.branches()) {
            FormText inner = inside(branch);
            texts.add("{" + inner.outputs(branch) + " " + inner.rows(branch) + "}");
        }
        if (set.free()) {
            Collections.sort(texts);
        }
        return texts;
    }

    private String joins(JoinForm joins) {
        StringBuilder text = new StringBuilder("from ");
        text.append(joins.instances().stream().map(this::name).sorted().toList());
        part(text, "on", sorted(joins.conditions()));
        joins.outer().stream().map(this::outer).sorted().forEach(text::append);
        return text.toString();
    }

    private String outer(OuterForm outer) {
        String left = outer.left() == null ? "" : "{" + joins(outer.left()) + "}";
        return " " + left + outer.kind() + " {" + joins(outer.right()) + "} on " + sorted(outer.on());
    }

    private static void part(StringBuilder text, String word, List<String> parts) {
        if (!parts.isEmpty()) {
            text.append(' ').append(word).append(' ').append(parts);
        }
    }

    /** Everything a query says about one of its instances, which stands as {@code @}. */
    String signature(QueryForm form, Instance instance) {
        FormText text = new FormText(naming, detail, instance, parts);
        List<String> said = new ArrayList<>();
        Predicate<String> about = line -> line.contains("@.");
        text.say(form.joins(), said, about);
        text.sorted(form.filters()).stream().filter(about).forEach(said::add);
        if (form.grain() != null) {
            text.sorted(form.grain()).stream().filter(about).forEach(said::add);
        }
        text.sorted(form.having()).stream().filter(about).forEach(said::add);
        for (int i = 0; i < form.columns().size(); i++) {
            String column = text.of(form.columns().get(i));
            if (about.test(column)) {
                said.add(i + ":" + column);
            }
        }
        return String.join("\n", said);
    }

    private void say(JoinForm joins, List<String> said, Predicate<String> about) {
        sorted(joins.conditions()).stream().filter(about).forEach(said::add);
        for (OuterForm outer : joins.outer()) {
            boolean[] within = new boolean[1];
            outer.right().forEachInstance(each -> within[0] |= each == marked);
            sorted(outer.on()).stream()
                    .filter(about)
                    .map(line -> (within[0] ? "joined " : "left of ") + line)
                    .forEach(said::add);
            say(outer.right(), said, about);
            if (outer.left() != null) {
                say(outer.left(), said, about);
            }
        }
    }
}
