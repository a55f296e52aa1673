/** Long work beside the stream threads: who asks for it, in which order it is done, and how its results come back. */
@NullMarked
package io.tailwater.pranalyzer.work;

import org.jspecify.annotations.NullMarked;
