package io.tailwater.simulator.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Cuts a collection into pages, after filter and sort. */
final class Page {

    private static final int DEFAULT_LENGTH = 10;
    private static final int LONGEST = 100;

    private Page() {}

    /** One page of a collection whose pages hold 10 unless asked otherwise, at most 100. */
    static ObjectNode of(Context ctx, String base, List<? extends JsonNode> all) {
        return of(ctx, base, all, DEFAULT_LENGTH, LONGEST);
    }

    /**
     * One page of a collection.
     *
     * @param base address of the stand-in, for the next link
     * @throws RestException 400 when page or length are no numbers or out of range
     */
    static ObjectNode of(Context ctx, String base, List<? extends JsonNode> all, int defaultLength, int longest) {
        List<JsonNode> chosen = new ArrayList<>(
                all.stream().filter(Filter.parse(ctx.queryParam("q"))).toList());
        Comparator<JsonNode> order = Filter.order(ctx.queryParam("sort"));
        if (order != null) {
            chosen.sort(order);
        }
        int length = number(ctx, "pagelen", defaultLength);
        int page = number(ctx, "page", 1);
        if (length < 1 || length > longest) {
            throw RestException.of(400, "Invalid pagelen");
        }
        if (page < 1) {
            throw RestException.of(400, "Invalid page");
        }
        long from = Math.min((long) (page - 1) * length, chosen.size());
        int to = (int) Math.min(from + length, chosen.size());
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode values = node.putArray("values");
        chosen.subList((int) from, to).forEach(values::add);
        node.put("pagelen", length);
        node.put("size", chosen.size());
        node.put("page", page);
        if (to < chosen.size()) {
            node.put("next", link(ctx, base, page + 1));
        }
        if (page > 1) {
            node.put("previous", link(ctx, base, page - 1));
        }
        return node;
    }

    private static int number(Context ctx, String parameter, int otherwise) {
        String text = ctx.queryParam(parameter);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RestException.of(400, "Invalid " + parameter);
        }
    }

    private static String link(Context ctx, String base, int page) {
        StringBuilder link =
                new StringBuilder(base).append(ctx.req().getRequestURI()).append('?');
        for (Map.Entry<String, List<String>> parameter : ctx.queryParamMap().entrySet()) {
            if (!parameter.getKey().equals("page")) {
                for (String value : parameter.getValue()) {
                    link.append(encode(parameter.getKey()))
                            .append('=')
                            .append(encode(value))
                            .append('&');
                }
            }
        }
        return link.append("page=").append(page).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
