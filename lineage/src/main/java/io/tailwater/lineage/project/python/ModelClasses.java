package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.python.Expression;
import io.tailwater.lineage.python.PythonModule;
import io.tailwater.lineage.python.Statement;
import io.tailwater.lineage.python.TextPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The classes of files that may describe tables, and what their bases and constants are. */
final class ModelClasses {
    private static final Pattern WORDS =
            Pattern.compile("\\bsqlalchemy\\b|\\bsqlmodel\\b|\\bdjango\\b|\\bdb\\.(?:Model|Column)\\b|__tablename__");
    private static final Pattern TESTS = Pattern.compile(
            "(?:.*/)?(?:tests?/.*|test_[^/]*|[^/]*_test\\.py|conftest\\.py|(?:migrations|alembic|versions)/.*)");

    /** A class, where it stands, and the constants of its file. */
    record ModelClass(String path, Statement.ClassDefinition definition, Map<String, Expression> constants) {
        String name() {
            return definition.name();
        }

        SourceLocation at() {
            return SourceLocation.of(path, definition.span().line());
        }

        /** The base classes as written: the last part of each name. */
        List<String> bases() {
            List<String> bases = new ArrayList<>();
            for (Expression.Argument argument : definition.bases()) {
                String name = argument.name() == null ? lastName(argument.value()) : null;
                if (name != null) {
                    bases.add(name);
                }
            }
            return bases;
        }

        /** What a name in the class is set to, by itself or with a type; null if it is not. */
        @Nullable
        Expression assigned(String wanted) {
            for (Statement each : definition.body()) {
                if (each instanceof Statement.Assign assign
                        && assign.targets().size() == 1
                        && assign.targets().getFirst() instanceof Expression.Name name
                        && name.id().equals(wanted)) {
                    return assign.value();
                }
                if (each instanceof Statement.AnnotatedAssign assign
                        && assign.target() instanceof Expression.Name name
                        && name.id().equals(wanted)) {
                    return assign.value();
                }
            }
            return null;
        }

        /** A string that is written out, or that a constant of the file or of the class is; else null. */
        @Nullable
        String text(@Nullable Expression value) {
            return ModelClasses.text(value, constants, 0);
        }
    }

    private final Map<String, List<ModelClass>> byName = new LinkedHashMap<>();
    private final Map<String, PythonModule> modules = new LinkedHashMap<>();
    private final Map<String, Map<String, Expression>> constants = new HashMap<>();

    ModelClasses(SourceTree files, Modules parsed) {
        for (String path :
                files.paths(path -> path.endsWith(".py") && !TESTS.matcher(path).matches() && !files.isTaken(path))) {
            String text = files.text(path);
            if (text == null || !WORDS.matcher(text).find()) {
                continue;
            }
            PythonModule module = parsed.parse(path);
            if (module != null) {
                modules.put(path, module);
                Map<String, Expression> known = constantsOf(module.statements());
                constants.put(path, known);
                for (Statement statement : module.statements()) {
                    if (statement instanceof Statement.ClassDefinition definition) {
                        byName.computeIfAbsent(definition.name(), name -> new ArrayList<>())
                                .add(new ModelClass(path, definition, known));
                    }
                }
            }
        }
    }

    Map<String, PythonModule> modules() {
        return modules;
    }

    Map<String, Expression> constants(String path) {
        return constants.getOrDefault(path, Map.of());
    }

    /** All classes, by file and place in it. */
    List<ModelClass> all() {
        return byName.values().stream()
                .flatMap(List::stream)
                .sorted(java.util.Comparator.comparing(ModelClass::path)
                        .thenComparing(each -> each.definition().span().start()))
                .toList();
    }

    /** The class that a name means in a file: one of the file, else the nearest of that name. */
    @Nullable
    ModelClass find(String name, String from) {
        ModelClass best = null;
        int nearest = -1;
        for (ModelClass each : byName.getOrDefault(name, List.of())) {
            int near = each.path().equals(from) ? Integer.MAX_VALUE : shared(each.path(), from);
            if (near > nearest) {
                nearest = near;
                best = each;
            }
        }
        return best;
    }

    private static int shared(String one, String other) {
        int count = 0;
        while (count < Math.min(one.length(), other.length()) && one.charAt(count) == other.charAt(count)) {
            count++;
        }
        return count;
    }

    static Map<String, Expression> constantsOf(List<Statement> statements) {
        Map<String, Expression> constants = new HashMap<>();
        for (Statement each : statements) {
            if (each instanceof Statement.Assign assign
                    && assign.targets().size() == 1
                    && assign.targets().getFirst() instanceof Expression.Name name) {
                constants.put(name.id(), assign.value());
            }
        }
        return constants;
    }

    static @Nullable String text(@Nullable Expression value, Map<String, Expression> constants, int depth) {
        if (value instanceof Expression.Name name && depth < 10) {
            return text(constants.get(name.id()), constants, depth + 1);
        }
        if (!(value instanceof Expression.Text text)) {
            return null;
        }
        StringBuilder out = new StringBuilder();
        for (TextPart part : text.parts()) {
            if (!(part instanceof TextPart.Literal literal)) {
                return null;
            }
            out.append(literal.value());
        }
        return out.toString();
    }

    /** The last part of a dotted name, or of what is called; null if there is none. */
    static @Nullable String lastName(@Nullable Expression value) {
        return switch (value) {
            case Expression.Name name -> name.id();
            case Expression.Attribute attribute -> attribute.name();
            case Expression.Call call -> lastName(call.function());
            case Expression.Subscript subscript -> lastName(subscript.target());
            case null, default -> null;
        };
    }

    /** The argument of that name; null if there is none. */
    static @Nullable Expression named(Expression.Call call, String name) {
        return call.arguments().stream()
                .filter(argument -> name.equals(argument.name()))
                .map(Expression.Argument::value)
                .findFirst()
                .orElse(null);
    }

    static boolean isTrue(@Nullable Expression value) {
        return value instanceof Expression.Constant constant && constant.kind() == Expression.ConstantKind.TRUE;
    }

    static boolean isFalse(@Nullable Expression value) {
        return value instanceof Expression.Constant constant && constant.kind() == Expression.ConstantKind.FALSE;
    }
}
