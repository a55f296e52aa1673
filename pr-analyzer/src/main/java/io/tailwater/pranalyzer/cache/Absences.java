package io.tailwater.pranalyzer.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;

/** Absences in front of the bytes of a result. */
final class Absences {
    private static final int MOST = 10_000;

    private Absences() {}

    /** The bytes of a result behind what was absent; empty where that is too much to ask for again. */
    static Optional<byte[]> before(Collection<Absence> absences, byte[] result) {
        if (absences.size() > MOST) {
            return Optional.empty();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(result.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(absences.size());
            for (Absence absence : absences) {
                out.writeUTF(absence.revision());
                out.writeUTF(absence.path());
            }
            out.write(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(bytes.toByteArray());
    }

    /** The bytes of the result, if all that was absent still is. */
    static Optional<byte[]> behind(byte[] bytes, Predicate<Absence> isAbsent) {
        ByteArrayInputStream all = new ByteArrayInputStream(bytes);
        try (DataInputStream in = new DataInputStream(all)) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                if (!isAbsent.test(new Absence(in.readUTF(), in.readUTF()))) {
                    return Optional.empty();
                }
            }
            return Optional.of(Arrays.copyOfRange(bytes, bytes.length - all.available(), bytes.length));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
