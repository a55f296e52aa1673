/** Tests. */
@NullMarked
package io.tailwater.console.model;

import org.jspecify.annotations.NullMarked;
