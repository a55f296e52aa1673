package io.tailwater.lineage.project.dbt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** References written as text in property files, such as {@code ref('orders')}. */
final class References {
    private static final Pattern REFERENCE =
            Pattern.compile("(ref|source)\\s*\\(\\s*['\"]([^'\"]+)['\"]\\s*(?:,\\s*['\"]([^'\"]+)['\"]\\s*)?"
                    + "(?:,\\s*v(?:ersion)?\\s*=\\s*['\"]?([\\w.-]+))?");

    private References() {}

    /** The id of what a text refers to; null if it refers to nothing. */
    static @Nullable String id(String text, DbtProject project, Registry registry) {
        Matcher matcher = REFERENCE.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        String first = matcher.group(2);
        String second = matcher.group(3);
        if (matcher.group(1).equals("source")) {
            return second == null ? null : "dbt_source." + project.name() + "." + first + "." + second;
        }
        String name = second == null ? first : second;
        String packageName = second == null ? null : first;
        String version = matcher.group(4);
        if (version != null && registry.isVersioned(project, name)) {
            Node pinned = registry.find(project, packageName, name + ".v" + version);
            return pinned != null ? pinned.id : "dbt." + project.name() + "." + name + "_v" + version;
        }
        Node node = registry.find(project, packageName, name);
        return node != null ? node.id : "dbt." + (second == null ? project.name() : first) + "." + name;
    }
}
