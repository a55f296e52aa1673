/** Tests of what a repository's people tell the analysis. */
@NullMarked
package io.tailwater.lineage.config;

import org.jspecify.annotations.NullMarked;
