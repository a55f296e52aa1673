/** Decides what a report means for its pull request, and makes it so, once. Knows Bitbucket, not Kafka's clients. */
@NullMarked
package io.tailwater.publisher.publish;

import org.jspecify.annotations.NullMarked;
