package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.SourceLocation;
import io.tailwater.lineage.graph.Unresolved;
import io.tailwater.lineage.project.ExtractionCache;
import io.tailwater.lineage.project.ProjectReader;
import io.tailwater.lineage.project.SourceTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists files that hold or describe data in a way that is not understood yet. */
final class OtherFiles implements ProjectReader {
    @Override
    public Reading read(SourceTree files, ExtractionCache cache) {
        List<Unresolved> unresolved = new ArrayList<>();
        Set<String> paths = new LinkedHashSet<>();
        for (String path : files.paths(path -> !files.isTaken(path))) {
            String reason = reason(path);
            if (reason != null) {
                paths.add(path);
                unresolved.add(new Unresolved(SourceLocation.of(path, 1), reason, null, null));
            }
        }
        return new Reading(List.of(), unresolved, paths, paths);
    }

    private static @Nullable String reason(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".sqlx") ? "Dataform files are not analysed yet" : null;
    }
}
