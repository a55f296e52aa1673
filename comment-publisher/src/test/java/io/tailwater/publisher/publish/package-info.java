/** Tests of deciding and publishing, and the contract of the port to Bitbucket. */
@NullMarked
package io.tailwater.publisher.publish;

import org.jspecify.annotations.NullMarked;
