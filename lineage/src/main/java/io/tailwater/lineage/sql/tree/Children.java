package io.tailwater.lineage.sql.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the children of a node from its components. */
final class Children {

    private Children() {}

    /** All nodes among {@code components}: nodes themselves and members of collections; nulls are left out. */
    static List<Node> of(@Nullable Object... components) {
        List<Node> children = new ArrayList<>();
        for (Object component : components) {
            if (component instanceof Node node) {
                children.add(node);
            } else if (component instanceof Collection<?> nodes) {
                nodes.forEach(each -> children.add((Node) each));
            }
        }
        return Collections.unmodifiableList(children);
    }
}
