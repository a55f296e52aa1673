package io.tailwater.lineage.sql.derive;

import java.util.Map;
import java.util.Set;

/** What well-known functions do, as far as dependencies care. Names in lower case, the same over all dialects. */
final class FunctionKinds {

    private static final Set<String> AGGREGATES = Set.of(
            "any_value",
            "any",
            "anylast",
            "approx_count_distinct",
            "approx_distinct",
            "approx_percentile",
            "approx_quantiles",
            "approx_top_count",
            "approx_top_sum",
            "approx_top_k",
            "arbitrary",
            "argmax",
            "argmin",
            "arg_max",
            "arg_min",
            "array_agg",
            "array_concat_agg",
            "array_union_agg",
            "array_unique_agg",
            "avg",
            "avgif",
            "bit_and",
            "bit_or",
            "bit_xor",
            "bitand_agg",
            "bitor_agg",
            "bool_and",
            "bool_or",
            "booland_agg",
            "boolor_agg",
            "checksum_agg",
            "collect_list",
            "collect_set",
            "corr",
            "count",
            "count_big",
            "count_if",
            "countif",
            "covar_pop",
            "covar_samp",
            "every",
            "first",
            "geometric_mean",
            "group_concat",
            "grouparray",
            "groupuniqarray",
            "grouping",
            "hash_agg",
            "histogram",
            "hll",
            "hll_accumulate",
            "hll_combine",
            "json_agg",
            "json_arrayagg",
            "json_object_agg",
            "json_objectagg",
            "jsonb_agg",
            "jsonb_object_agg",
            "kurtosis",
            "last",
            "list",
            "listagg",
            "logical_and",
            "logical_or",
            "map_agg",
            "max",
            "max_by",
            "maxif",
            "mean",
            "median",
            "min",
            "min_by",
            "minif",
            "mode",
            "multimap_agg",
            "object_agg",
            "percentile",
            "percentile_approx",
            "percentile_cont",
            "percentile_disc",
            "product",
            "quantile",
            "quantileexact",
            "quantiles",
            "regr_avgx",
            "regr_avgy",
            "regr_count",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy",
            "skewness",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "stdev",
            "stdevp",
            "string_agg",
            "sum",
            "sumif",
            "try_sum",
            "uniq",
            "uniqexact",
            "uniqif",
            "var",
            "var_pop",
            "var_samp",
            "variance",
            "varp",
            "xmlagg",
            "approx_median",
            "bitmap_construct_agg",
            "wm_concat",
            "st_union_agg");

    private static final Set<String> WINDOW_ONLY = Set.of(
            "row_number",
            "rank",
            "dense_rank",
            "percent_rank",
            "cume_dist",
            "ntile",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "ratio_to_report",
            "conditional_change_event",
            "conditional_true_event");

    private static final Set<String> ORDERED_SET =
            Set.of("percentile_cont", "percentile_disc", "percentile", "mode", "median", "approx_percentile");

    private static final Set<String> MASKING = Set.of(
            "md5",
            "md5_hex",
            "md5_binary",
            "md5_number",
            "md5_number_lower64",
            "md5_number_upper64",
            "sha",
            "sha1",
            "sha1_hex",
            "sha1_binary",
            "sha2",
            "sha2_hex",
            "sha2_binary",
            "sha256",
            "sha224",
            "sha384",
            "sha512",
            "hash",
            "hashbytes",
            "farm_fingerprint",
            "xxhash64",
            "xxhash",
            "murmurhash",
            "murmur_hash",
            "cityhash64",
            "siphash64",
            "halfmd5",
            "crc32",
            "checksum",
            "binary_checksum",
            "ora_hash",
            "standard_hash",
            "fnv_hash",
            "mask",
            "mask_first_n",
            "mask_last_n",
            "mask_hash",
            "to_hex_hash",
            "spooky_hash_v2_64",
            "count",
            "count_big",
            "count_if",
            "countif",
            "approx_count_distinct",
            "approx_distinct",
            "uniq",
            "uniqexact",
            "hll",
            "hash_agg",
            "checksum_agg",
            "generate_surrogate_key",
            "surrogate_key");

    /** Functions whose first argument only picks a branch. */
    private static final Set<String> CONDITION_FIRST = Set.of("if", "iff", "iif", "nvl2", "multiif");

    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("nvl", "coalesce"),
            Map.entry("ifnull", "coalesce"),
            Map.entry("iff", "if"),
            Map.entry("iif", "if"),
            Map.entry("substring", "substr"),
            Map.entry("ceiling", "ceil"),
            Map.entry("len", "length"),
            Map.entry("char_length", "length"),
            Map.entry("character_length", "length"),
            Map.entry("pow", "power"),
            Map.entry("lcase", "lower"),
            Map.entry("ucase", "upper"),
            Map.entry("stddev_samp", "stddev"));

    private FunctionKinds() {}

    static boolean aggregate(String name) {
        return AGGREGATES.contains(name);
    }

    static boolean windowOnly(String name) {
        return WINDOW_ONLY.contains(name);
    }

    /** Whether WITHIN GROUP gives the value, not only an order. */
    static boolean orderedSet(String name) {
        return ORDERED_SET.contains(name);
    }

    static boolean masking(String name) {
        return MASKING.contains(name);
    }

    static boolean conditionFirst(String name) {
        return CONDITION_FIRST.contains(name);
    }

    /** The name under which all spellings of a function are compared. */
    static String canonical(String name) {
        return SYNONYMS.getOrDefault(name, name);
    }
}
