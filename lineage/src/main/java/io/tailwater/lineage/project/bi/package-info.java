/** What readers of BI repositories share: putting together datasets of fields, and the columns of the SQL they carry. */
@NullMarked
package io.tailwater.lineage.project.bi;

import org.jspecify.annotations.NullMarked;
