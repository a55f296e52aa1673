package io.tailwater.lineage.project.lookml;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A parsed file. */
final class LookmlFile {
    private final String path;
    private final String blobId;
    private final List<Node> nodes;
    private final int[] lineStarts;

    LookmlFile(String path, String blobId, String text, List<Node> nodes) {
        this.path = path;
        this.blobId = blobId;
        this.nodes = nodes;
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            starts.add(i + 1);
        }
        this.lineStarts = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    String path() {
        return path;
    }

    String blobId() {
        return blobId;
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The line of an offset. */
    SourceLocation at(int offset) {
        int found = Arrays.binarySearch(lineStarts, Math.max(0, offset));
        return SourceLocation.of(path, found >= 0 ? found + 1 : -found - 1);
    }
}
