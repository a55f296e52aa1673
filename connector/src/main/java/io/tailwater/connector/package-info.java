/** Everything the product does by itself for a connection: looks at its token, keeps its webhooks, reads its repositories and finds what webhooks missed. */
@NullMarked
package io.tailwater.connector;

import org.jspecify.annotations.NullMarked;
