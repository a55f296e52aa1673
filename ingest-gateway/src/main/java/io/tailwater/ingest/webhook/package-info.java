/** What makes a delivery acceptable, as functions of its headers and bytes. */
@NullMarked
package io.tailwater.ingest.webhook;

import org.jspecify.annotations.NullMarked;
