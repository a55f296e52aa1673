/** Reads Bitbucket's deliveries into events of our own words; pure. */
@NullMarked
package io.tailwater.pranalyzer.normalise;

import org.jspecify.annotations.NullMarked;
