package io.tailwater.publisher.consume;

import java.time.Duration;

/**
 * How reports are consumed.
 *
 * @param group consumer group
 * @param parallelism reports worked on at once
 * @param maxPending reports of a partition in hand before it is paused; parked ones are not counted
 * @param maxParked parked reports of a partition before it is paused
 * @param parkedProbe time after which a parked report tries its old token again, in case the refusal was a fault
 * @param handOver time given to work in flight when a partition goes to another process, or at the end
 */
public record ConsumeSettings(
        String group, int parallelism, int maxPending, int maxParked, Duration parkedProbe, Duration handOver) {}
