package io.tailwater.lineage.project;

import io.tailwater.lineage.config.Glob;
import io.tailwater.lineage.config.LayoutPattern;
import io.tailwater.lineage.config.NameAlias;
import io.tailwater.lineage.config.SeverityRule;
import io.tailwater.lineage.config.SeverityRule.Bound;
import io.tailwater.lineage.config.Suppression;
import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.RepositoryConfig.DialectRule;
import io.tailwater.lineage.project.YamlValue.Scalar;
import io.tailwater.lineage.project.YamlValue.ScalarKind;
import io.tailwater.lineage.sql.dialect.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code .tailwater.yml}. A mistake costs the entry it is in, is kept with its line, and nothing else. */
final class RepositoryConfigReader {
    private static final int MOST_BYTES = 200_000;
    private static final int MOST_ENTRIES = 1_000;
    private static final int LONGEST_REASON = 500;
    private static final Pattern NAME = Pattern.compile("[^\\s.]{1,200}(?:\\.[^\\s.]{1,200})?");
    private static final Set<String> EFFECTS =
            Set.of("breaks", "column_removed", "column_renamed", "values", "rows", "reached");
    private static final Set<String> SEVERITIES = Set.of("none", "behavioural", "breaking");

    private final List<Unresolved> mistakes = new ArrayList<>();

    private RepositoryConfigReader() {}

    static RepositoryConfig read(RepositoryFiles files) {
        boolean present = files.entries().stream()
                .anyMatch(entry -> entry.path().equals(RepositoryConfig.PATH) && entry.kind() == FileKind.REGULAR);
        return present ? new RepositoryConfigReader().readPresent(files) : RepositoryConfig.NONE;
    }

    private RepositoryConfig readPresent(RepositoryFiles files) {
        return switch (files.read(RepositoryConfig.PATH, MOST_BYTES)) {
            case ReadOutcome.Content content -> parse(new String(content.bytes(), StandardCharsets.UTF_8));
            case ReadOutcome.TooLarge large ->
                failed("the file has " + large.size() + " bytes, more than the limit of " + MOST_BYTES, 1);
            case ReadOutcome.Missing missing -> failed(missing.reason(), 1);
            case ReadOutcome.LfsPointer pointer -> failed("the file is a Git LFS pointer", 1);
        };
    }

    private RepositoryConfig failed(String reason, int line) {
        mistake(line, reason);
        return new RepositoryConfig(
                null, null, List.of(), List.of(), null, Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                mistakes);
    }

    private RepositoryConfig parse(String text) {
        return switch (YamlReader.read(text)) {
            case YamlOutcome.Failed failed -> failed(failed.reason(), Math.max(1, failed.line()));
            case YamlOutcome.Read read -> {
                YamlValue root = read.root();
                if (root == null || (root instanceof Scalar scalar && scalar.kind() == ScalarKind.NULL)) {
                    yield RepositoryConfig.NONE;
                }
                yield root instanceof YamlValue.Mapping mapping
                        ? parse(mapping)
                        : failed("the file is not a mapping of settings", root.line());
            }
        };
    }

    private RepositoryConfig parse(YamlValue.Mapping root) {
        allow(
                root,
                "settings",
                "version",
                "dialect",
                "dialects",
                "database",
                "schema",
                "names",
                "dbt",
                "ignore",
                "layouts",
                "topics",
                "severity",
                "suppress");
        YamlValue version = root.get("version");
        if (version != null && !"1".equals(root.text("version"))) {
            mistake(version.line(), "version is 1");
        }
        List<DialectRule> dialects = new ArrayList<>();
        each(root, "dialects", entry -> {
            allow(entry, "dialects", "paths", "dialect");
            Glob paths = path(entry, "paths");
            String dialect = dialect(entry);
            if (paths != null && dialect != null) {
                dialects.add(new DialectRule(paths, dialect));
            }
        });
        String general = root.get("dialect") == null ? null : dialect(root);
        if (general != null) {
            dialects.add(new DialectRule(Glob.ofPath("**"), general));
        }
        List<NameAlias> names = new ArrayList<>();
        each(root, "names", entry -> {
            allow(entry, "names", "from", "to");
            String from = name(entry, "from");
            String to = name(entry, "to");
            if (from != null && to != null) {
                names.add(new NameAlias(parts(from), parts(to)));
            }
        });
        Map<String, YamlValue> vars = new LinkedHashMap<>();
        String target = dbt(root.get("dbt"), vars);
        List<Glob> ignore = new ArrayList<>();
        texts(root, "ignore", text -> ignore.add(Glob.ofPath(text)));
        List<LayoutPattern> layouts = new ArrayList<>();
        texts(root, "layouts", text -> layouts.add(LayoutPattern.of(text)));
        List<RepositoryConfig.TopicRule> topics = new ArrayList<>();
        each(root, "topics", entry -> addTopic(entry, topics));
        List<SeverityRule> severity = new ArrayList<>();
        each(root, "severity", entry -> addSeverity(entry, severity));
        List<Suppression> suppressions = new ArrayList<>();
        each(root, "suppress", entry -> addSuppression(entry, suppressions));
        return new RepositoryConfig(
                text(root, "database"),
                text(root, "schema"),
                dialects,
                names,
                target,
                vars,
                ignore,
                layouts,
                topics,
                severity,
                suppressions,
                mistakes);
    }

    private @Nullable String dbt(@Nullable YamlValue dbt, Map<String, YamlValue> vars) {
        if (dbt == null) {
            return null;
        }
        if (!(dbt instanceof YamlValue.Mapping mapping)) {
            mistake(dbt.line(), "dbt is a mapping with target and vars");
            return null;
        }
        allow(mapping, "dbt", "target", "vars");
        YamlValue given = mapping.get("vars");
        if (given instanceof YamlValue.Mapping entries) {
            vars.putAll(entries.entries());
        } else if (given != null) {
            mistake(given.line(), "dbt.vars is a mapping of names to values");
        }
        return text(mapping, "target");
    }

    private void addTopic(YamlValue.Mapping entry, List<RepositoryConfig.TopicRule> topics) {
        allow(entry, "topics", "topic", "schema", "table");
        String topic = text(entry, "topic");
        String table = text(entry, "table");
        Glob schema = entry.get("schema") == null ? null : path(entry, "schema");
        if (topic == null || (schema == null && table == null)) {
            mistake(entry.line(), "an entry of topics names a topic, and its schema, its table or both");
        } else {
            topics.add(new RepositoryConfig.TopicRule(topic, schema, table, entry.line()));
        }
    }

    private void addSeverity(YamlValue.Mapping entry, List<SeverityRule> rules) {
        allow(entry, "severity", "reader", "kind", "at_most", "at_least");
        Glob reader = names(entry, "reader");
        String kind = text(entry, "kind");
        boolean most = entry.get("at_most") != null;
        if (most == (entry.get("at_least") != null)) {
            mistake(entry.line(), "an entry of severity has either at_most or at_least");
            return;
        }
        String severity = text(entry, most ? "at_most" : "at_least");
        if (severity == null || !SEVERITIES.contains(severity)) {
            mistake(entry.line(), "a severity is one of none, behavioural, breaking");
        } else if (reader == null && kind == null) {
            mistake(entry.line(), "an entry of severity names a reader or a kind");
        } else {
            rules.add(new SeverityRule(
                    reader,
                    kind,
                    most ? Bound.AT_MOST : Bound.AT_LEAST,
                    severity,
                    RepositoryConfig.PATH,
                    entry.line()));
        }
    }

    private void addSuppression(YamlValue.Mapping entry, List<Suppression> suppressions) {
        int before = mistakes.size();
        allow(entry, "suppress", "reader", "change", "effects", "reason", "expires");
        Glob reader = names(entry, "reader");
        Glob change = names(entry, "change");
        Set<String> effects = new LinkedHashSet<>();
        texts(entry, "effects", effect -> {
            if (!EFFECTS.contains(effect)) {
                throw new IllegalArgumentException("\"" + effect + "\" is no effect; there are " + sorted(EFFECTS));
            }
            effects.add(effect);
        });
        String reason = text(entry, "reason");
        String written = text(entry, "expires");
        LocalDate expires = written == null ? null : day(written, entry);
        if (reader == null && change == null) {
            mistake(entry.line(), "a suppression names a reader or a change");
        }
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            mistake(entry.line(), "a suppression has a reason of at most " + LONGEST_REASON + " characters");
        }
        if (written == null) {
            mistake(entry.line(), "a suppression has an expiry, as in expires: 2031-12-31");
        }
        if (mistakes.size() == before && reason != null && expires != null) {
            suppressions.add(
                    new Suppression(reader, change, effects, reason, expires, RepositoryConfig.PATH, entry.line()));
        }
    }

    private @Nullable LocalDate day(String written, YamlValue entry) {
        try {
            return LocalDate.parse(written);
        } catch (DateTimeException e) {
            mistake(entry.line(), "\"" + shortened(written) + "\" is no day; write it like 2031-12-31");
            return null;
        }
    }

    private @Nullable String dialect(YamlValue entry) {
        String name = text(entry, "dialect");
        if (name == null) {
            mistake(entry.line(), "a dialect is named by a text");
            return null;
        }
        try {
            return Dialect.named(name).name();
        } catch (IllegalArgumentException e) {
            YamlValue at = entry.get("dialect");
            mistake(at == null ? entry.line() : at.line(), "there is no dialect \"" + shortened(name) + "\"");
            return null;
        }
    }

    private @Nullable Glob path(YamlValue entry, String key) {
        String text = text(entry, key);
        if (text == null) {
            mistake(entry.line(), key + " is a pattern over paths");
            return null;
        }
        try {
            return Glob.ofPath(text);
        } catch (IllegalArgumentException e) {
            mistake(entry.line(), key + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable Glob names(YamlValue entry, String key) {
        String text = text(entry, key);
        if (text == null) {
            return null;
        }
        try {
            return Glob.ofName(text);
        } catch (IllegalArgumentException e) {
            mistake(entry.line(), key + ": " + e.getMessage());
            return null;
        }
    }

    private @Nullable String name(YamlValue entry, String key) {
        String text = text(entry, key);
        if (text == null || !NAME.matcher(text).matches()) {
            mistake(entry.line(), key + " is a database, or a database and a schema with a dot between them");
            return null;
        }
        return text;
    }

    private static List<String> parts(String name) {
        return List.of(name.toLowerCase(Locale.ROOT).split("\\."));
    }

    /** A text under a key; what is there but no text is a mistake. */
    private @Nullable String text(YamlValue entry, String key) {
        YamlValue value = entry.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar
                && scalar.kind() != ScalarKind.NULL
                && !scalar.text().isBlank()) {
            return scalar.text();
        }
        mistake(value.line(), key + " is a text");
        return null;
    }

    private void texts(YamlValue.Mapping entry, String key, Consumer<String> use) {
        YamlValue list = entry.get(key);
        if (list == null) {
            return;
        }
        if (!(list instanceof YamlValue.Sequence sequence)) {
            mistake(list.line(), key + " is a list");
            return;
        }
        for (YamlValue item : limited(sequence, key)) {
            if (!(item instanceof Scalar scalar)
                    || scalar.kind() == ScalarKind.NULL
                    || scalar.text().isBlank()) {
                mistake(item.line(), key + " is a list of texts");
                continue;
            }
            try {
                use.accept(scalar.text());
            } catch (IllegalArgumentException e) {
                mistake(item.line(), key + ": " + e.getMessage());
            }
        }
    }

    private void each(YamlValue.Mapping root, String key, Consumer<YamlValue.Mapping> use) {
        YamlValue list = root.get(key);
        if (list == null) {
            return;
        }
        if (!(list instanceof YamlValue.Sequence sequence)) {
            mistake(list.line(), key + " is a list");
            return;
        }
        for (YamlValue item : limited(sequence, key)) {
            if (item instanceof YamlValue.Mapping mapping) {
                use.accept(mapping);
            } else {
                mistake(item.line(), "an entry of " + key + " is a mapping");
            }
        }
    }

    private List<YamlValue> limited(YamlValue.Sequence sequence, String key) {
        if (sequence.items().size() <= MOST_ENTRIES) {
            return sequence.items();
        }
        mistake(sequence.line(), key + " has more than " + MOST_ENTRIES + " entries; the rest is not read");
        return sequence.items().subList(0, MOST_ENTRIES);
    }

    private void allow(YamlValue.Mapping mapping, String where, String... keys) {
        Set<String> known = new LinkedHashSet<>(List.of(keys));
        mapping.entries().keySet().stream().filter(key -> !known.contains(key)).forEach(key -> {
            Integer line = mapping.keyLines().get(key);
            mistake(
                    line == null ? mapping.line() : line,
                    "\"" + shortened(key) + "\" is not among the " + where + ": " + String.join(", ", known));
        });
    }

    private void mistake(int line, String reason) {
        if (mistakes.size() < MOST_ENTRIES) {
            mistakes.add(
                    new Unresolved(SourceLocation.of(RepositoryConfig.PATH, Math.max(1, line)), reason, null, null));
        }
    }

    private static String sorted(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
