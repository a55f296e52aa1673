/** Tests. */
@NullMarked
package io.tailwater.console.http;

import org.jspecify.annotations.NullMarked;
