package io.tailwater.lineage.project.dbt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The macros of a file one by one, found by their first and last tags as dbt finds them. */
final class MacroBlocks {
    private static final Pattern TAG =
            Pattern.compile("\\{#|\\{%[-+]?\\s*(end)?(macro|test|data_test|materialization)\\b");

    private MacroBlocks() {}

    /** For each macro the text with everything before it blank, so that places stay what they are. */
    static List<String> of(String text) {
        List<String> blocks = new ArrayList<>();
        Matcher tags = TAG.matcher(text);
        int start = -1;
        String kind = "";
        int from = 0;
        while (tags.find(from)) {
            from = tags.end();
            if (tags.group().startsWith("{#")) {
                int end = text.indexOf("#}", from);
                from = end < 0 ? text.length() : end + 2;
            } else if (start < 0 && tags.group(1) == null) {
                start = tags.start();
                kind = tags.group(2);
            } else if (start >= 0 && tags.group(1) != null && tags.group(2).equals(kind)) {
                int end = text.indexOf("%}", from);
                if (end >= 0) {
                    blocks.add(blank(text.substring(0, start)) + text.substring(start, end + 2));
                }
                start = -1;
            }
        }
        return blocks;
    }

    private static String blank(String text) {
        StringBuilder blank = new StringBuilder(text.length());
        text.chars().forEach(c -> blank.append(c == '\n' ? '\n' : ' '));
        return blank.toString();
    }
}
