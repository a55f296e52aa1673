/** The syntax of Python 3: text to a tree that says what was written, with the place of everything. */
@NullMarked
package io.tailwater.lineage.python;

import org.jspecify.annotations.NullMarked;
