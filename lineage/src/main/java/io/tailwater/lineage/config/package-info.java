/** What a repository's people tell the analysis: {@code .tailwater.yml} and code owners, as values. */
@NullMarked
package io.tailwater.lineage.config;

import org.jspecify.annotations.NullMarked;
