package io.tailwater.service;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One key of a configuration record: put on a record component, read by {@link Settings}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** Value of {@link #defaultValue()} that says: there is none, the key must be set. */
    String REQUIRED = "\u0000required";

    /** Key, e.g. {@code gateway.http.port}; in the environment {@code TAILWATER_GATEWAY_HTTP_PORT}. */
    String key();

    /** Default as it would be written in a file, or {@link #REQUIRED}. */
    String defaultValue() default REQUIRED;

    /** Smallest value allowed, for numbers, durations (milliseconds) and sizes (bytes). */
    long min() default Long.MIN_VALUE;

    /** Largest value allowed, likewise. */
    long max() default Long.MAX_VALUE;

    /** What it is for, in one sentence, for the configuration table. */
    String meaning();
}
