/** Who may use the console: the administrator, OpenID Connect, sessions. */
@NullMarked
package io.tailwater.console.signin;

import org.jspecify.annotations.NullMarked;
