/** Writes the comment: pure functions from a report to Markdown, without Kafka, HTTP, files or clocks. */
@NullMarked
package io.tailwater.publisher.render;

import org.jspecify.annotations.NullMarked;
