package io.tailwater.pranalyzer.impact;

import io.tailwater.pranalyzer.normalise.ContentKey;
import io.tailwater.schemas.event.PullRequestRef;
import io.tailwater.schemas.report.ChangeSet;
import io.tailwater.schemas.report.Comparison;
import io.tailwater.schemas.report.Outcome;
import io.tailwater.schemas.topic.PullRequestKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Names for what must happen once: digests of content, without any clock, so that a replay gives the same ones. */
public final class ReportIds {

    private ReportIds() {}

    /**
     * Equal for all analyses of the same pull request, revisions and rules that came to the same end.
     *
     * @param head head compared, or as the event named it when none was
     * @param mergeBase null when nothing was compared
     */
    public static String idempotencyKey(
            PullRequestRef pullRequest, String head, @Nullable String mergeBase, Outcome outcome) {
        return ContentKey.of(
                "analysis", PullRequestKey.of(pullRequest).text(), head, mergeBase, outcome, Rules.VERSION);
    }

    /**
     * Names a whole report: what was analysed, and what was said about it, other repositories included.
     *
     * @param changeSet with the impacts in other repositories
     */
    public static String reportId(ChangeSet changeSet) {
        Comparison comparison = changeSet.getComparison();
        return ContentKey.of(
                "report",
                changeSet.getIdempotencyKey(),
                changeSet.getProvenance().getRunName(),
                changeSet.getReason(),
                comparison == null ? null : HexFormat.of().formatHex(bytes(comparison)));
    }

    /** Avro's binary form: the same for equal records. */
    public static byte[] bytes(SpecificRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }
}
