package io.tailwater.lineage.project.python;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and what they stand for, inside of one function, class or module. */
final class Environment {
    final String path;
    final @Nullable Environment outer;
    final Set<String> global = new HashSet<>();
    Map<String, Value> names = new HashMap<>();

    Environment(String path, @Nullable Environment outer) {
        this.path = path;
        this.outer = outer;
    }

    @Nullable
    Value find(String name) {
        for (Environment each = this; each != null; each = each.outer) {
            Value value = each.names.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    void set(String name, Value value) {
        Environment target = this;
        if (global.contains(name)) {
            while (target.outer != null) {
                target = target.outer;
            }
        }
        target.names.put(name, value);
    }
}
