/** What is known about tables from outside the analysed text, and how names are folded. */
@NullMarked
package io.tailwater.lineage.sql.catalog;

import org.jspecify.annotations.NullMarked;
