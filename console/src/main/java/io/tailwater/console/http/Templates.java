package io.tailwater.console.http;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages from templates; every value is escaped for HTML. */
final class Templates {

    private static final String FOLDER = "io/tailwater/console/templates/";
    private static final int LARGEST_PAGE = 32 * 1024 * 1024;
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final PebbleEngine engine;

    Templates(InstantSource clock) {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setSuffix(".html");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .strictVariables(true)
                .defaultLocale(Locale.ENGLISH)
                .maxRenderedSize(LARGEST_PAGE)
                .extension(new Filters(clock))
                .build();
    }

    /**
     * Renders a page.
     *
     * @param name file name of its template without ".html"
     */
    String render(String name, Map<String, Object> values) {
        StringWriter page = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(page, values);
        } catch (IOException e) {
            throw new UncheckedIOException("rendering the page " + name, e);
        }
        return page.toString();
    }

    /** How long ago something was, or how long until it will be, in words. */
    static String distance(Instant at, Instant now) {
        Duration since = Duration.between(at, now);
        boolean past = !since.isNegative();
        String length = length(since.abs());
        if (length.isEmpty()) {
            return "just now";
        }
        return past ? length + " ago" : "in " + length;
    }

    private static String length(Duration length) {
        if (length.toSeconds() < 5) {
            return "";
        }
        if (length.toSeconds() < 90) {
            return length.toSeconds() + " seconds";
        }
        if (length.toMinutes() < 90) {
            return length.toMinutes() + " minutes";
        }
        return length.toHours() < 48 ? length.toHours() + " hours" : length.toDays() + " days";
    }

    private static final class Filters extends AbstractExtension {

        private final InstantSource clock;

        Filters(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public Map<String, Filter> getFilters() {
            return Map.of(
                    "ago", one(input -> input instanceof Instant at ? distance(at, clock.instant()) : ""),
                    "utc", one(input -> input instanceof Instant at ? SHOWN.format(at) : ""),
                    "iso", one(input -> input instanceof Instant at ? at.toString() : ""),
                    "value", one(input -> input instanceof Optional<?> optional ? optional.orElse(null) : input),
                    "count", one(input -> String.format(Locale.ENGLISH, "%,d", number(input))));
        }

        private static long number(@Nullable Object input) {
            return input instanceof Number number ? number.longValue() : 0;
        }

        private static Filter one(Function<@Nullable Object, @Nullable Object> change) {
            return new Filter() {
                @Override
                public @Nullable Object apply(
                        @Nullable Object input,
                        Map<String, Object> arguments,
                        PebbleTemplate self,
                        EvaluationContext context,
                        int line) {
                    return change.apply(input);
                }

                @Override
                public @Nullable List<String> getArgumentNames() {
                    return null;
                }
            };
        }
    }
}
