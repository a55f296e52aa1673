package io.tailwater.service;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One key as a configuration record declares it.
 *
 * @param setting the annotation
 * @param type declared type of the component
 */
record DeclaredSetting(Setting setting, Type type) {

    static final String ENVIRONMENT_PREFIX = "TAILWATER_";

    /** All keys of a record, those of nested records included, in the order they are declared. */
    static List<DeclaredSetting> of(Class<?> recordType) {
        List<DeclaredSetting> found = new ArrayList<>();
        for (RecordComponent component : recordType.getRecordComponents()) {
            Setting setting = component.getAnnotation(Setting.class);
            if (setting != null) {
                found.add(new DeclaredSetting(setting, component.getGenericType()));
            } else if (component.getType().isRecord()) {
                found.addAll(of(component.getType()));
            } else if (component.getType() != Environment.class) {
                throw new IllegalArgumentException(recordType.getSimpleName() + "." + component.getName()
                        + " has neither @Setting nor the type of a nested record or of the environment");
            }
        }
        return found;
    }

    String key() {
        return setting.key();
    }

    /** Whether this stands for all keys that begin with {@link #key()}, which then ends in a dot. */
    boolean isPrefix() {
        return key().endsWith(".");
    }

    boolean isRequired() {
        return !isPrefix() && setting.defaultValue().equals(Setting.REQUIRED);
    }

    String environmentName() {
        return ENVIRONMENT_PREFIX
                + key().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
