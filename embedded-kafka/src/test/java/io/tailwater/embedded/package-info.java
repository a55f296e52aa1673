/** Tests of the embedded broker and registry. */
@NullMarked
package io.tailwater.embedded;

import org.jspecify.annotations.NullMarked;
