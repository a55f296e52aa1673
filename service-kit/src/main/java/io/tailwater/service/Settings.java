package io.tailwater.service;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was configured, read once: overrides of the command line before the environment before the file before the
 * defaults of the records.
 *
 * <p>The vocabulary is every configuration record of the product, so that one file can serve all services and yet no
 * misspelt key goes unnoticed. Environment variables that begin with {@code TAILWATER_SECRET_} or
 * {@code TAILWATER_LAUNCHER_} are not settings and never looked at.
 */
public final class Settings {

    private static final List<String> NOT_SETTINGS = List.of("TAILWATER_SECRET_", "TAILWATER_LAUNCHER_");

    private final List<Class<? extends Record>> vocabulary;
    private final Map<String, DeclaredSetting> declared;
    private final Map<String, Given> given;
    private final List<String> unknown;
    private final Environment environment;

    /** A value with the place it was written, for messages. */
    private record Given(String text, String source) {}

    private Settings(
            List<Class<? extends Record>> vocabulary,
            Map<String, DeclaredSetting> declared,
            Map<String, Given> given,
            List<String> unknown,
            Environment environment) {
        this.vocabulary = vocabulary;
        this.declared = declared;
        this.given = given;
        this.unknown = unknown;
        this.environment = environment;
    }

    /**
     * Reads a properties file (UTF-8) and an environment.
     *
     * @param file the file, empty for none
     * @param environment environment variables; only {@code main} takes them from the process
     * @param vocabulary every configuration record of the product
     * @throws SettingsException when the file cannot be read; other problems are reported by {@link #load}
     */
    public static Settings read(
            Optional<Path> file, Map<String, String> environment, Collection<Class<? extends Record>> vocabulary) {
        Map<String, DeclaredSetting> declared = declaredIn(vocabulary);
        Map<String, Given> given = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        file.ifPresent(path -> addFile(path, declared, given, unknown));
        addEnvironment(environment, declared, given, unknown);
        return new Settings(
                List.copyOf(vocabulary), declared, given, List.copyOf(unknown), Environment.of(environment));
    }

    /** These settings with values that go before all others, e.g. from the command line or an embedded broker. */
    public Settings with(Map<String, String> overrides) {
        Map<String, Given> all = new TreeMap<>(given);
        List<String> problems = new ArrayList<>(unknown);
        overrides.forEach(
                (key, value) -> add(key, new Given(value.trim(), "the command line"), declared, all, problems));
        return new Settings(vocabulary, declared, all, List.copyOf(problems), environment);
    }

    /** Whether a key was set anywhere: on the command line, in the environment or in the file. */
    public boolean isGiven(String key) {
        return given.containsKey(key);
    }

    /**
     * Fills a configuration record.
     *
     * @param type a record of the vocabulary
     * @throws SettingsException with every problem of this record and every unknown key
     */
    public <R extends Record> R load(Class<R> type) {
        requireKnown(type);
        List<String> problems = new ArrayList<>(unknown);
        Object loaded = fill(type, problems);
        if (!problems.isEmpty() || loaded == null) {
            throw new SettingsException(problems);
        }
        return type.cast(loaded);
    }

    /**
     * Loads several records only to find what is wrong with any of them, each problem once.
     *
     * @throws SettingsException with all problems, when there are any
     */
    public void check(Collection<Class<? extends Record>> types) {
        List<String> problems = new ArrayList<>(unknown);
        for (Class<? extends Record> type : types) {
            requireKnown(type);
            fill(type, problems);
        }
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().distinct().toList());
        }
    }

    /** Rows of the configuration table for these records, each key once, in the order declared. */
    @SafeVarargs
    public static List<SettingDescription> describe(Class<? extends Record>... types) {
        return declaredIn(List.of(types)).values().stream()
                .map(declared -> new SettingDescription(
                        declared.key(),
                        declared.environmentName(),
                        SettingTypes.describe(declared.type()),
                        declared.isRequired() || declared.isPrefix()
                                ? ""
                                : declared.setting().defaultValue(),
                        declared.isRequired(),
                        SettingTypes.describeRange(declared),
                        declared.setting().meaning()))
                .toList();
    }

    /** The configuration table of these records in Markdown, line ends included. */
    @SafeVarargs
    public static String markdownTable(Class<? extends Record>... types) {
        StringBuilder table = new StringBuilder("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
        for (SettingDescription row : describe(types)) {
            String shownDefault =
                    row.required() ? "must be set" : row.defaultValue().isEmpty() ? "" : "`" + row.defaultValue() + "`";
            table.append("| `").append(row.key()).append(row.key().endsWith(".") ? "*" : "");
            table.append("` | ").append(row.type());
            table.append(row.range().isEmpty() ? "" : ", " + row.range());
            table.append(" | ").append(shownDefault);
            table.append(" | ").append(row.meaning()).append(" |\n");
        }
        return table.toString();
    }

    private void requireKnown(Class<? extends Record> type) {
        if (!vocabulary.contains(type)) {
            throw new IllegalArgumentException(type.getSimpleName() + " is not in the vocabulary of these settings");
        }
    }

    private static Map<String, DeclaredSetting> declaredIn(Collection<Class<? extends Record>> vocabulary) {
        Map<String, DeclaredSetting> found = new LinkedHashMap<>();
        for (Class<? extends Record> type : vocabulary) {
            for (DeclaredSetting setting : DeclaredSetting.of(type)) {
                DeclaredSetting earlier = found.putIfAbsent(setting.key(), setting);
                if (earlier != null && !earlier.equals(setting)) {
                    throw new IllegalArgumentException(setting.key() + " is declared in two different ways");
                }
            }
        }
        return found;
    }

    private static void addFile(
            Path file, Map<String, DeclaredSetting> declared, Map<String, Given> given, List<String> unknown) {
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized @Nullable Object put(Object key, Object value) {
                Object earlier = super.put(key, value);
                if (earlier != null) {
                    unknown.add(key + " is set twice in " + file);
                }
                return earlier;
            }
        };
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(List.of("reading the configuration file " + file + ": " + e));
        }
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            String text = properties.getProperty(key, "").trim();
            add(key, new Given(text, file.toString()), declared, given, unknown);
        }
    }

    private static void add(
            String key,
            Given value,
            Map<String, DeclaredSetting> declared,
            Map<String, Given> given,
            List<String> unknown) {
        if (owner(key, declared) == null) {
            unknown.add("unknown key " + key + " in " + value.source() + nearest(key, declared.keySet()));
        } else {
            given.put(key, value);
        }
    }

    private static @Nullable DeclaredSetting owner(String key, Map<String, DeclaredSetting> declared) {
        DeclaredSetting exact = declared.get(key);
        if (exact != null && !exact.isPrefix()) {
            return exact;
        }
        return declared.values().stream()
                .filter(DeclaredSetting::isPrefix)
                .filter(prefix -> key.length() > prefix.key().length() && key.startsWith(prefix.key()))
                .findFirst()
                .orElse(null);
    }

    private static void addEnvironment(
            Map<String, String> environment,
            Map<String, DeclaredSetting> declared,
            Map<String, Given> given,
            List<String> unknown) {
        Map<String, DeclaredSetting> byName = new TreeMap<>();
        declared.values().forEach(setting -> byName.put(setting.environmentName(), setting));
        for (String name : environment.keySet().stream().sorted().toList()) {
            if (!name.startsWith(DeclaredSetting.ENVIRONMENT_PREFIX)
                    || NOT_SETTINGS.stream().anyMatch(name::startsWith)) {
                continue;
            }
            String key = keyOf(name, byName);
            if (key == null) {
                unknown.add("unknown variable " + name + " in the environment" + nearest(name, byName.keySet()));
            } else {
                String text = environment.getOrDefault(name, "").trim();
                given.put(key, new Given(text, "the environment variable " + name));
            }
        }
    }

    /** The key a variable stands for; below a prefix an underscore stands for a dot. */
    private static @Nullable String keyOf(String name, Map<String, DeclaredSetting> byName) {
        DeclaredSetting exact = byName.get(name);
        if (exact != null && !exact.isPrefix()) {
            return exact.key();
        }
        for (Map.Entry<String, DeclaredSetting> entry : byName.entrySet()) {
            String prefix = entry.getKey();
            if (entry.getValue().isPrefix() && name.startsWith(prefix) && name.length() > prefix.length()) {
                String rest = name.substring(prefix.length());
                return entry.getValue().key() + rest.toLowerCase(Locale.ROOT).replace('_', '.');
            }
        }
        return null;
    }

    /** Fills a record, or notes what is wrong and gives null. */
    private @Nullable Object fill(Class<?> type, List<String> problems) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        boolean complete = true;
        for (int index = 0; index < components.length; index++) {
            values[index] = component(components[index], problems);
            complete &= values[index] != null;
        }
        return complete ? construct(type, components, values, problems) : null;
    }

    private @Nullable Object component(RecordComponent component, List<String> problems) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting != null) {
            return value(new DeclaredSetting(setting, component.getGenericType()), problems);
        }
        return component.getType() == Environment.class ? environment : fill(component.getType(), problems);
    }

    private @Nullable Object value(DeclaredSetting setting, List<String> problems) {
        if (setting.isPrefix()) {
            return below(setting.key(), problems);
        }
        Given value = given.get(setting.key());
        if (value == null && setting.isRequired()) {
            problems.add(setting.key() + " must be set (or " + setting.environmentName() + " in the environment): "
                    + setting.setting().meaning());
            return null;
        }
        if (value == null) {
            value = new Given(setting.setting().defaultValue(), "the defaults");
        }
        try {
            if (value.text().isEmpty() && setting.isRequired()) {
                throw new IllegalArgumentException("is empty");
            }
            return SettingTypes.parse(setting, value.text());
        } catch (IllegalArgumentException e) {
            String shown = SettingTypes.describe(setting.type()).equals("secret") ? "***" : "\"" + value.text() + "\"";
            problems.add(setting.key() + " = " + shown + " from " + value.source() + ": " + e.getMessage());
            return null;
        }
    }

    private Map<String, Secret> below(String prefix, List<String> problems) {
        Map<String, Secret> found = new TreeMap<>();
        given.forEach((key, value) -> {
            if (!key.startsWith(prefix) || key.length() == prefix.length()) {
                return;
            }
            if (value.text().isEmpty()) {
                problems.add(key + " from " + value.source() + ": is empty");
            } else {
                found.put(key.substring(prefix.length()), Secret.of(value.text()));
            }
        });
        return found;
    }

    private static @Nullable Object construct(
            Class<?> type, RecordComponent[] components, @Nullable Object[] values, List<String> problems) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                problems.add(refused.getMessage());
                return null;
            }
            throw new IllegalStateException("filling " + type.getName(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("filling " + type.getName(), e);
        }
    }

    private static String nearest(String word, Collection<String> known) {
        return known.stream()
                .map(candidate -> Map.entry(candidate, EditDistance.between(word, candidate)))
                .min(Map.Entry.comparingByValue())
                .map(best -> best.getValue() <= word.length() / 2 ? "; did you mean " + best.getKey() + "?" : "")
                .orElse("");
    }
}
