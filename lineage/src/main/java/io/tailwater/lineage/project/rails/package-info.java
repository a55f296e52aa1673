/** Reads what Rails keeps of a database: migrations in Ruby, and the dump of what they led to. */
@NullMarked
package io.tailwater.lineage.project.rails;

import org.jspecify.annotations.NullMarked;
