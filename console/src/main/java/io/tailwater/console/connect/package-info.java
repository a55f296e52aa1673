/** Connecting Bitbucket: what the console asks of the connector. */
@NullMarked
package io.tailwater.console.connect;

import org.jspecify.annotations.NullMarked;
