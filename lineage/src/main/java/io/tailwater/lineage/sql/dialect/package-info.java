/** What differs between databases' SQL, as data; one file per dialect. The entry is {@link io.tailwater.lineage.sql.dialect.Dialect}. */
@NullMarked
package io.tailwater.lineage.sql.dialect;

import org.jspecify.annotations.NullMarked;
