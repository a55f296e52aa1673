/** Reads Liquibase: changelogs in SQL, XML, YAML and JSON, in the order in which they include each other. */
@NullMarked
package io.tailwater.lineage.project.liquibase;

import org.jspecify.annotations.NullMarked;
