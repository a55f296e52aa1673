/** What the analysis of SQL text found: plain values, no syntax tree. */
@NullMarked
package io.tailwater.lineage.sql.result;

import org.jspecify.annotations.NullMarked;
