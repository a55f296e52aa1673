package io.tailwater.lineage.project.dbt;

import io.tailwater.lineage.jinja.Value;
import io.tailwater.lineage.project.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** YAML as template values. */
final class Values {
    private Values() {}

    /**
     * The value of YAML.
     *
     * @param yaml the YAML
     * @param texts what a text means, where templates may stand in it
     */
    static Value of(YamlValue yaml, Function<String, Value> texts) {
        return switch (yaml) {
            case YamlValue.Scalar scalar -> scalar(scalar, texts);
            case YamlValue.Sequence sequence -> {
                List<Value> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(of(item, texts)));
                yield new Value.Items(items);
            }
            case YamlValue.Mapping mapping -> {
                Map<Value, Value> entries = new LinkedHashMap<>();
                mapping.entries().forEach((key, value) -> entries.put(Value.Str.of(key), of(value, texts)));
                yield new Value.Dict(entries);
            }
        };
    }

    private static Value scalar(YamlValue.Scalar scalar, Function<String, Value> texts) {
        return switch (scalar.kind()) {
            case TEXT ->
                scalar.text().contains("{{") || scalar.text().contains("{%")
                        ? texts.apply(scalar.text())
                        : Value.Str.of(scalar.text());
            case INTEGER -> integer(scalar.text());
            case REAL -> real(scalar.text());
            case BOOLEAN -> Value.Bool.of(scalar.text().equalsIgnoreCase("true"));
            case NULL -> Value.None.NONE;
        };
    }

    private static Value integer(String text) {
        try {
            return Value.Int.of(Long.decode(text.replaceFirst("^([-+]?)0+(?=\\d)", "$1")));
        } catch (NumberFormatException e) {
            return Value.Str.of(text);
        }
    }

    private static Value real(String text) {
        try {
            return new Value.Real(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return Value.Str.of(text);
        }
    }
}
