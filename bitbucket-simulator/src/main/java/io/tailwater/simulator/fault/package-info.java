/** Faults that tests inject, and the record of what was asked. */
@NullMarked
package io.tailwater.simulator.fault;

import org.jspecify.annotations.NullMarked;
