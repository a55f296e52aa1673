/** The calls we make, each scoped once to one repository. */
@NullMarked
package io.tailwater.bitbucket.api;

import org.jspecify.annotations.NullMarked;
