/** Reads the files of one revision of a repository into its lineage. */
@NullMarked
package io.tailwater.lineage.project;

import org.jspecify.annotations.NullMarked;
