package io.tailwater.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new version of a subject must be able to do with earlier ones, in Confluent's words. */
enum Compatibility {
    /** Anything goes. */
    NONE(false, false, false),
    /** New readers read what the last version wrote. */
    BACKWARD(true, false, false),
    /** New readers read what any version wrote. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** Readers of the last version read what the new one writes. */
    FORWARD(false, true, false),
    /** Readers of any version read what the new one writes. */
    FORWARD_TRANSITIVE(false, true, true),
    /** Both directions, with the last version. */
    FULL(true, true, false),
    /** Both directions, with every version. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean newReadsOld;
    private final boolean oldReadsNew;
    private final boolean everyVersion;

    Compatibility(boolean newReadsOld, boolean oldReadsNew, boolean everyVersion) {
        this.newReadsOld = newReadsOld;
        this.oldReadsNew = oldReadsNew;
        this.everyVersion = everyVersion;
    }

    /** The level with that name in any case; empty when there is none. */
    static Optional<Compatibility> named(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * What stands against the new schema.
     *
     * @param earlier versions so far, oldest first
     * @return sentences, none when the schema may be registered
     */
    List<String> objections(Schema proposed, List<Schema> earlier) {
        List<Schema> compared = everyVersion || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
        List<String> objections = new ArrayList<>();
        for (Schema old : compared) {
            if (newReadsOld) {
                objections.addAll(obstacles(proposed, old, "the new schema cannot read what an earlier one wrote"));
            }
            if (oldReadsNew) {
                objections.addAll(obstacles(old, proposed, "an earlier schema cannot read what the new one writes"));
            }
        }
        return objections;
    }

    private static List<String> obstacles(Schema reader, Schema writer, String meaning) {
        var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (found.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return List.of();
        }
        return found.getResult().getIncompatibilities().stream()
                .map(one -> meaning + ": " + one.getType() + " at " + one.getLocation() + ": " + one.getMessage())
                .toList();
    }
}
