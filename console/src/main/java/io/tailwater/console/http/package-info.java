/** Pages and the API over HTTP. */
@NullMarked
package io.tailwater.console.http;

import org.jspecify.annotations.NullMarked;
