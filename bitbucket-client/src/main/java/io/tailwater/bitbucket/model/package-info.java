/** What Bitbucket Cloud tells us, as values that are valid once they exist, and how a call can fail. */
@NullMarked
package io.tailwater.bitbucket.model;

import org.jspecify.annotations.NullMarked;
