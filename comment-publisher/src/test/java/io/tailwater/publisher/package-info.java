/** Tests of the whole publisher against a broker and a stand-in for Bitbucket. */
@NullMarked
package io.tailwater.publisher;

import org.jspecify.annotations.NullMarked;
