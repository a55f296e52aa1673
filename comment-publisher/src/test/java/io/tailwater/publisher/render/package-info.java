/** Tests of the comment's text. */
@NullMarked
package io.tailwater.publisher.render;

import org.jspecify.annotations.NullMarked;
