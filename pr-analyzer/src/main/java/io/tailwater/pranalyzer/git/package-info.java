/** The only place that speaks Git: mirrors, fetching, merge bases, and revisions as files to read. */
@NullMarked
package io.tailwater.pranalyzer.git;

import org.jspecify.annotations.NullMarked;
