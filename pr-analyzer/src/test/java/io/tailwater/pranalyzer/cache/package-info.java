@NullMarked
package io.tailwater.pranalyzer.cache;

import org.jspecify.annotations.NullMarked;
