/** Migrations and pipelines written in Python, followed as far as constants go and turned into the SQL that they amount to. */
@NullMarked
package io.tailwater.lineage.project.python;

import org.jspecify.annotations.NullMarked;
