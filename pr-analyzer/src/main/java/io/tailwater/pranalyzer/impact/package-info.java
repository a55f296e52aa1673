/** What the analysis of a pull request or of a default branch is, apart from when and where it is done. */
@NullMarked
package io.tailwater.pranalyzer.impact;

import org.jspecify.annotations.NullMarked;
