/** The audit record: who did what, and when. */
@NullMarked
package io.tailwater.console.activity;

import org.jspecify.annotations.NullMarked;
