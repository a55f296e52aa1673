package io.tailwater.lineage.extract;

import io.tailwater.lineage.graph.Coverage;
import io.tailwater.lineage.graph.Dataset;
import io.tailwater.lineage.graph.RepositoryLineage;
import io.tailwater.lineage.project.CachedExtraction;
import io.tailwater.lineage.project.ExtractionKey;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Extractions as bytes, to be kept and read by the same version of this library: the form may change with every version,
 * so whoever keeps the bytes keeps the version with them.
 */
public final class LineageCodec {
    private LineageCodec() {}

    /** The extraction as bytes. */
    public static byte[] encode(Extraction extraction) {
        ByteWriter out = new ByteWriter();
        RepositoryLineage lineage = extraction.lineage();
        out.text(lineage.repository());
        out.text(lineage.revision());
        Map<Dataset, Integer> written = new IdentityHashMap<>();
        out.list(lineage.datasets(), dataset -> {
            written.put(dataset, written.size());
            LineageFormat.write(out, dataset);
        });
        out.list(lineage.unresolved(), open -> LineageFormat.write(out, open));
        out.number(lineage.coverage().files());
        out.number(lineage.coverage().analysed());
        out.number(lineage.coverage().unresolved());
        out.list(extraction.files().entrySet(), file -> {
            out.text(file.getKey().blobId());
            out.text(file.getKey().contextHash());
            switch (file.getValue()) {
                case CachedExtraction.ExtractedDataset extracted -> write(out, extracted, written);
            }
        });
        return out.toBytes();
    }

    /** Most datasets stand in the lineage just as their file told them: the place there is enough. */
    private static void write(
            ByteWriter out, CachedExtraction.ExtractedDataset extracted, Map<Dataset, Integer> written) {
        out.text(extracted.readByName());
        Integer place = written.get(extracted.dataset());
        out.number(place == null ? 0 : place + 1);
        if (place == null) {
            LineageFormat.write(out, extracted.dataset());
        }
    }

    /** The extraction that {@link #encode} made the bytes of; empty where they are something else. */
    public static Optional<Extraction> decode(byte[] bytes) {
        try {
            ByteReader in = new ByteReader(bytes);
            RepositoryLineage lineage = new RepositoryLineage(
                    in.text(),
                    in.text(),
                    in.list(() -> LineageFormat.dataset(in)),
                    in.list(() -> LineageFormat.unresolved(in)),
                    new Coverage(in.number(), in.number(), in.number()));
            Map<ExtractionKey, CachedExtraction> files = new HashMap<>();
            in.list(() -> files.put(new ExtractionKey(in.text(), in.text()), extracted(in, lineage.datasets())));
            return in.atEnd() ? Optional.of(new Extraction(lineage, files)) : Optional.empty();
        } catch (ByteReader.Malformed | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CachedExtraction extracted(ByteReader in, List<Dataset> datasets) {
        String readByName = in.text();
        int place = in.number();
        if (place < 0 || place > datasets.size()) {
            throw new ByteReader.Malformed("no such dataset");
        }
        Dataset dataset = place == 0 ? LineageFormat.dataset(in) : datasets.get(place - 1);
        return new CachedExtraction.ExtractedDataset(dataset, readByName);
    }
}
