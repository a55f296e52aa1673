/** Tests. */
@NullMarked
package io.tailwater.console.signin;

import org.jspecify.annotations.NullMarked;
