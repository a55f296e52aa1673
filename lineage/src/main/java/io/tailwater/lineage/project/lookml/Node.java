package io.tailwater.lineage.project.lookml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of LookML, or one item of a list.
 *
 * @param key name of the parameter; of an item of a list the item itself
 * @param shape what stands behind the key
 * @param text a word, string or code as written without quotes and terminators; the name of a block, null if it has none
 * @param children parameters of a block, items of a list
 * @param start offset of the key
 * @param textStart offset of the text; of the key where there is no text
 */
record Node(String key, Shape shape, @Nullable String text, List<Node> children, int start, int textStart) {
    /** What stands behind a key. */
    enum Shape {
        /** A word, number or yes/no. */
        WORD,
        STRING,
        /** Text up to two semicolons. */
        CODE,
        LIST,
        BLOCK,
        /** An item of a list without a value. */
        ITEM
    }

    Node {
        children = List.copyOf(children);
    }

    /** The first parameter of that name; null if there is none. */
    @Nullable
    Node child(String name) {
        for (Node child : children) {
            if (child.key().equals(name)) {
                return child;
            }
        }
        return null;
    }

    /** All parameters of that name. */
    List<Node> children(String name) {
        return children.stream().filter(child -> child.key().equals(name)).toList();
    }

    /** Whether this is a block with a name. */
    boolean isNamedBlock() {
        return shape == Shape.BLOCK && text != null;
    }
}
