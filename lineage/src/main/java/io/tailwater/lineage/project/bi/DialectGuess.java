package io.tailwater.lineage.project.bi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Tells the dialect of SQL in BI files by words that only one warehouse knows. */
public final class DialectGuess {
    private static final Map<String, Pattern> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(
                "bigquery",
                Pattern.compile(
                        "(?i)`[\\w-]+\\.\\w+(\\.[\\w*]+)?`|\\bstruct<|\\bsafe_cast\\b|\\bint64\\b|\\bunnest\\s*\\(|\\bsafe_divide\\b"
                                + "|\\btimestamp_(trunc|diff|sub|add)\\b|\\bdate_(diff|sub)\\s*\\("));
        WORDS.put(
                "snowflake",
                Pattern.compile("(?i)\\bvariant\\b|\\bflatten\\s*\\(|\\biff\\s*\\(|\\bzeroifnull\\b|:[a-z_]+::"));
        WORDS.put(
                "redshift",
                Pattern.compile("(?i)\\bdistkey\\b|\\bdistribution_style\\b|\\bsortkeys?\\b|\\bgetdate\\s*\\("
                        + "|\\bdistribution:|\\blistagg\\b|\\bredshift"));
        WORDS.put("tsql", Pattern.compile("(?i)\\[dbo\\]|\\bdbo\\.|\\bnvarchar\\b|\\bisnull\\s*\\("));
        WORDS.put("mysql", Pattern.compile("(?i)\\bdate_format\\s*\\(|\\bifnull\\s*\\(.*\\bunix_timestamp\\b"));
        WORDS.put("databricks", Pattern.compile("(?i)\\blateral\\s+view\\b|\\bexplode\\s*\\("));
        WORDS.put("postgres", Pattern.compile("(?i)\\bjsonb\\b|\\btimestamptz\\b|->>"));
    }

    private DialectGuess() {}

    /** The dialect that most of the texts speak; {@code ansi} where nothing tells. */
    public static String of(List<String> texts) {
        Map<String, Integer> found = new LinkedHashMap<>();
        for (String text : texts.subList(0, Math.min(400, texts.size()))) {
            WORDS.forEach((dialect, words) -> {
                if (words.matcher(text).find()) {
                    found.merge(dialect, 1, Integer::sum);
                }
            });
        }
        return found.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("ansi");
    }
}
