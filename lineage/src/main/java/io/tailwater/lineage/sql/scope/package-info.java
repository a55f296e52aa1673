/** Relations, their columns and the immutable scopes that names are looked up in. */
@NullMarked
package io.tailwater.lineage.sql.scope;

import org.jspecify.annotations.NullMarked;
