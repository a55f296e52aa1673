/** Reads SQL files that belong to no transformation project: the tables and views they create and fill. */
@NullMarked
package io.tailwater.lineage.project.sql;

import org.jspecify.annotations.NullMarked;
