/** The public listener, the only place that knows Javalin. */
@NullMarked
package io.tailwater.ingest.http;

import org.jspecify.annotations.NullMarked;
