/** Renders Jinja templates with Python's semantics, under limits, and tells for every rendered character where it comes from. */
@NullMarked
package io.tailwater.lineage.jinja;

import org.jspecify.annotations.NullMarked;
