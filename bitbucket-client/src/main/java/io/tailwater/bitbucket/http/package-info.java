/** One HTTP exchange with Bitbucket: token, limits, redirects, and every shape of error turned into our own words. */
@NullMarked
package io.tailwater.bitbucket.http;

import org.jspecify.annotations.NullMarked;
