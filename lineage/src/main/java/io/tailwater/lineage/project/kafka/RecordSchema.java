package io.tailwater.lineage.project.kafka;

import io.tailwater.lineage.graph.SourceLocation;
import java.util.List;

/**
 * A record that a schema file declares.
 *
 * @param name full name, with its namespace or package
 * @param at where it is declared
 * @param fields its fields in order
 */
record RecordSchema(String name, SourceLocation at, List<Field> fields) {
    /** How deep records inside records are followed. */
    static final int DEEPEST = 12;

    /** How many fields of one record are kept, those inside counted. */
    static final int MOST_FIELDS = 5_000;

    RecordSchema {
        fields = List.copyOf(fields);
    }

    /**
     * A field.
     *
     * @param name name as written
     * @param type type in the words of the format; {@code array<…>} and {@code map<…>} around element types
     * @param at where it is declared
     * @param fields fields inside, of a record or of the elements of an array
     */
    record Field(String name, String type, SourceLocation at, List<Field> fields) {
        Field {
            fields = List.copyOf(fields);
        }
    }

    /** The last part of the name. */
    String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Counts fields, so that a schema that multiplies itself ends. */
    static final class Budget {
        private int left = MOST_FIELDS;

        /** Whether another field may be kept. */
        boolean takes() {
            return left-- > 0;
        }
    }
}
