/** Tests of what every service needs to run. */
@NullMarked
package io.tailwater.service;

import org.jspecify.annotations.NullMarked;
