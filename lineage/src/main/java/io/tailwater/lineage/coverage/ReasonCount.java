package io.tailwater.lineage.coverage;

import io.tailwater.lineage.graph.SourceLocation;

/**
 * A reason why lineage is not complete, and how often it holds.
 *
 * @param reason the reason with names and quoted text taken out, so that equal reasons are equal texts
 * @param count datasets, or files, for which it holds; each counted once for a reason, and once for each of its reasons
 * @param example the first place where it holds
 */
public record ReasonCount(String reason, int count, SourceLocation example) {}
