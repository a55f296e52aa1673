/** The read model: what pages show, derived from topics and rebuilt from them at any time. */
@NullMarked
package io.tailwater.console.model;

import org.jspecify.annotations.NullMarked;
