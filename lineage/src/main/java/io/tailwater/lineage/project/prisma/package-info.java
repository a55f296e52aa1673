/** Reads Prisma: migrations in SQL in the order of their folders, and the models of schemas. */
@NullMarked
package io.tailwater.lineage.project.prisma;

import org.jspecify.annotations.NullMarked;
