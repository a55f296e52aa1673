/** What every service of ours needs to run and nothing of what it does: settings, secrets, health, metrics, lifecycle. */
@NullMarked
package io.tailwater.service;

import org.jspecify.annotations.NullMarked;
