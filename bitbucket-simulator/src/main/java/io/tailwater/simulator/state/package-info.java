/** What the stand-in remembers: workspaces, repositories, pull requests, comments, hooks, tokens, and the events that change them. */
@NullMarked
package io.tailwater.simulator.state;

import org.jspecify.annotations.NullMarked;
