package io.tailwater.console.model;

import io.tailwater.schemas.report.ImpactReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/** A whole report as bytes of one row. */
final class ReportBody {

    /** Largest report that is unpacked. */
    private static final int LARGEST = 256 * 1024 * 1024;

    private ReportBody() {}

    /** Which schema the bytes follow; bytes of another one are never read, the model is rebuilt instead. */
    static String schema() {
        return Long.toHexString(SchemaNormalization.parsingFingerprint64(ImpactReport.getClassSchema()));
    }

    static byte[] write(ImpactReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(packed, null);
            new SpecificDatumWriter<>(ImpactReport.class).write(report, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing a report to memory", e);
        }
        return bytes.toByteArray();
    }

    static ImpactReport read(byte[] body) {
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
            byte[] plain = unpacked.readNBytes(LARGEST);
            return new SpecificDatumReader<>(ImpactReport.class)
                    .read(new ImpactReport(), DecoderFactory.get().binaryDecoder(plain, null));
        } catch (IOException e) {
            throw new UncheckedIOException("reading a report from the read model", e);
        }
    }
}
