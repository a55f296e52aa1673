/** Which workspaces we are connected to, with credentials that are in the clear only in memory. */
@NullMarked
package io.tailwater.connections;

import org.jspecify.annotations.NullMarked;
