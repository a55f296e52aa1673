package io.tailwater.lineage.project.python;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.project.SourceTree;
import io.tailwater.lineage.project.python.Value.Called;
import io.tailwater.lineage.project.python.Value.Items;
import io.tailwater.lineage.project.python.Value.Member;
import io.tailwater.lineage.project.python.Value.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL that a value stands for: a string, a string in the wrapping of a library, the content of a file of the repository. */
final class SqlValues {
    private static final Set<String> WRAPPERS = Set.of("text", "SQL", "DDL", "literal", "str", "dedent", "cleandoc");
    private static final Set<String> READERS =
            Set.of("read", "read_text", "open", "join", "Path", "PurePath", "resolve");

    private final SourceTree files;

    SqlValues(SourceTree files) {
        this.files = files;
    }

    /** The SQL; null where only a run tells it. */
    @Nullable
    Text sql(@Nullable Value value, String from) {
        if (value instanceof Text text) {
            String known = text.known();
            return known != null
                            && known.strip().endsWith(".sql")
                            && !known.strip().contains(" ")
                    ? file(known.strip(), from)
                    : text;
        }
        if (value instanceof Items items && !items.values().isEmpty()) {
            return statements(items, from);
        }
        if (!(value instanceof Called called)) {
            return null;
        }
        if (WRAPPERS.contains(called.name()) && !called.arguments().isEmpty()) {
            return sql(called.arguments().getFirst(), from);
        }
        if (called.function() instanceof Member member
                && Set.of("bindparams", "execution_options", "strip", "format").contains(member.name())) {
            return sql(member.target(), from);
        }
        String path = READERS.contains(called.name()) ? lastPath(called, 0) : null;
        return path == null ? null : file(path, from);
    }

    private @Nullable Text statements(Items items, String from) {
        List<Value.Run> runs = new ArrayList<>();
        for (Value each : items.values()) {
            Text one = sql(each, from);
            if (one == null || one.runs().isEmpty()) {
                return null;
            }
            runs.addAll(one.runs());
            runs.add(new Value.Run("\n;\n", one.runs().getLast().at(), false));
        }
        return new Text(runs);
    }

    /** The last string in what a path is put together from. */
    private static @Nullable String lastPath(Value value, int depth) {
        if (depth > 20) {
            return null;
        }
        return switch (value) {
            case Text text -> {
                String known =
                        text.runs().isEmpty() ? "" : text.runs().getLast().text();
                yield known.endsWith(".sql") && !text.runs().getLast().gap() ? known : null;
            }
            case Called called -> {
                for (int i = called.arguments().size() - 1; i >= 0; i--) {
                    String found = lastPath(called.arguments().get(i), depth + 1);
                    if (found != null) {
                        yield found;
                    }
                }
                yield called.function() instanceof Member member ? lastPath(member.target(), depth + 1) : null;
            }
            case Value.Operated operated -> lastPath(operated.operands().getLast(), depth + 1);
            default -> null;
        };
    }

    private @Nullable Text file(String name, String from) {
        String wanted = name.replaceAll("^(?:\\.{0,2}/)+", "");
        List<String> candidates = files.paths(path -> path.equals(wanted) || path.endsWith("/" + wanted));
        String path = null;
        for (String folder = Modules.folder(from); candidates.size() > 1; folder = Modules.folder(folder)) {
            String near = folder.isEmpty() ? "" : folder + "/";
            List<String> inside =
                    candidates.stream().filter(each -> each.startsWith(near)).toList();
            if (inside.size() == 1) {
                path = inside.getFirst();
            }
            if (!inside.isEmpty() || folder.isEmpty()) {
                break;
            }
        }
        path = candidates.size() == 1 ? candidates.getFirst() : path;
        String text = path == null ? null : files.text(path);
        if (path == null || text == null) {
            return null;
        }
        List<Value.Run> runs = new ArrayList<>();
        int line = 1;
        for (String each : text.split("\n", -1)) {
            runs.add(new Value.Run(each + "\n", SourceLocation.of(path, line), false));
            line++;
        }
        return new Text(runs);
    }
}
