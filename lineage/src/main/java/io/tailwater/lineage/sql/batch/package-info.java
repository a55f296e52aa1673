/** One batch case in, one batch result out: the model behind {@code lineage --batch}. */
@NullMarked
package io.tailwater.lineage.sql.batch;

import org.jspecify.annotations.NullMarked;
