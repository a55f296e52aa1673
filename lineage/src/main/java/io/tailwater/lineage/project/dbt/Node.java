package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.NamedBlock;
import io.tailwater.lineage.jinja.Template;
import io.tailwater.lineage.jinja.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something of a project that becomes a dataset or a reader. Filled step by step while the project is read. */
final class Node {
    enum Kind {
        MODEL("model", "models"),
        PYTHON("model", "models"),
        SEED("seed", "seeds"),
        SNAPSHOT("snapshot", "snapshots"),
        TEST("test", "tests"),
        ANALYSIS("analysis", "analyses");

        private final String word;
        private final String section;

        Kind(String word, String section) {
            this.word = word;
            this.section = section;
        }

        String word() {
            return word;
        }

        String section() {
            return section;
        }

        boolean readable() {
            return this != TEST && this != ANALYSIS;
        }
    }

    final Kind kind;
    final DbtProject project;
    final String name;
    final String path;
    final String id;
    /** Folders below the section's path, and the name, for the look-up of configuration. */
    final List<String> configPath;

    final Properties.@Nullable Declared declared;
    /** Configuration from project file, property file and the node's own file, nearer ones winning. */
    final Map<String, Value> config = new LinkedHashMap<>();

    @Nullable
    Template template;

    @Nullable
    NamedBlock block;

    @Nullable
    String problem;

    int problemLine = 1;
    int line = 1;
    /** Ids of nodes and sources that its template names, data flow or not. */
    final Set<String> references = new LinkedHashSet<>();

    boolean asksForColumns;

    /** Which version of a model it is; null if the model has none. */
    ModelVersions.@Nullable Version version;

    /** What its hooks do, once they are rendered. */
    Hooks.Effects hooks = Hooks.Effects.NONE;

    @Nullable
    String database;

    @Nullable
    String schema;

    Node(
            Kind kind,
            DbtProject project,
            String name,
            String path,
            List<String> configPath,
            Properties.@Nullable Declared declared) {
        this.kind = kind;
        this.project = project;
        this.name = name;
        this.path = path;
        this.configPath = configPath;
        this.declared = declared;
        this.id = (kind.readable() ? "dbt." : "dbt_" + kind.word() + ".") + project.name() + "." + name;
    }

    /** The relation's own name in the database. */
    String identifier() {
        Value alias = config.get("alias");
        return alias instanceof Value.Str text && !text.value().isBlank()
                ? text.value().strip()
                : name;
    }

    boolean enabled() {
        Value enabled = config.get("enabled");
        boolean no = enabled instanceof Value.Str text && text.value().strip().equalsIgnoreCase("false");
        return enabled != Value.Bool.FALSE && !no;
    }

    /** Whether the build checks its columns and their types against the declared ones. */
    boolean contractEnforced() {
        return config.get("contract") instanceof Value.Dict contract
                && contract.get("enforced") instanceof Value enforced
                && (enforced == Value.Bool.TRUE
                        || enforced instanceof Value.Str text && text.value().equalsIgnoreCase("true"));
    }

    @Nullable
    String configText(String key) {
        return config.get(key) instanceof Value.Str text ? text.value() : null;
    }
}
