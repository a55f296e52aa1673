package io.tailwater.service;

/**
 * One row of the configuration table.
 *
 * @param key key in the file; ends in a dot where it stands for all keys that begin so
 * @param environmentName name in the environment
 * @param type what to write, in words
 * @param defaultValue default as written in a file; empty for none
 * @param required whether it must be set
 * @param range allowed range, empty when there is none
 * @param meaning what it is for
 */
public record SettingDescription(
        String key,
        String environmentName,
        String type,
        String defaultValue,
        boolean required,
        String range,
        String meaning) {}
