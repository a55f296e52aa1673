/** The gateway as a service: takes what Bitbucket delivers and answers once Kafka has it. */
@NullMarked
package io.tailwater.ingest;

import org.jspecify.annotations.NullMarked;
