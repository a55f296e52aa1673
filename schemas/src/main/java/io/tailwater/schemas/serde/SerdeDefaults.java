package io.tailwater.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The classes used where configuration names none; chosen when this module is built.
 *
 * @param serializer class name
 * @param deserializer class name
 */
record SerdeDefaults(String serializer, String deserializer) {

    private static final String FILE = "serde-defaults.properties";

    /** Reads the file that the build wrote beside this class. */
    static SerdeDefaults load() {
        Properties properties = new Properties();
        try (InputStream file = SerdeDefaults.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from this build");
            }
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
        return new SerdeDefaults(properties.getProperty("serializer"), properties.getProperty("deserializer"));
    }
}
