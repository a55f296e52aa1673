/** What the stream tasks remember, and how it is written into their stores. */
@NullMarked
package io.tailwater.pranalyzer.state;

import org.jspecify.annotations.NullMarked;
