package io.tailwater.pranalyzer.topology;

import io.tailwater.schemas.topic.DatasetKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Places a dataset where the default partitioner places its workspace's key, so that one store sees all of a workspace. */
public final class WorkspacePartitioner<V> implements StreamPartitioner<DatasetKey, V> {

    @Override
    public Optional<Set<Integer>> partitions(String topic, DatasetKey key, V value, int partitionCount) {
        return Optional.of(Set.of(partition(key.workspaceUuid(), partitionCount)));
    }

    /** Partition of a workspace among so many. */
    public static int partition(String workspaceUuid, int partitionCount) {
        byte[] bytes = workspaceUuid.getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(bytes)) % partitionCount;
    }
}
