/** Plain pages for people: pull requests with their comments, and files with numbered lines. */
@NullMarked
package io.tailwater.simulator.page;

import org.jspecify.annotations.NullMarked;
