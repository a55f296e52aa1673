package io.tailwater.schemas.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro that our generated classes may be made from data. Since 1.12.2 it makes no class by a name found in a
 * schema unless that class is trusted, and knows this only for the whole process. The serdes call this themselves; who
 * reads Avro without them calls it first.
 *
 * @see <a href="https://issues.apache.org/jira/browse/AVRO-4189">AVRO-4189</a>
 */
public final class TrustedRecords {

    private static final String OURS = "io.tailwater.schemas.";

    private TrustedRecords() {}

    /** Adds our classes to what is trusted already; a second call changes nothing. */
    public static synchronized void install() {
        if (!(ClassSecurityValidator.getGlobal() instanceof WithOurs)) {
            ClassSecurityValidator.setGlobal(new WithOurs(ClassSecurityValidator.getGlobal()));
        }
    }

    private record WithOurs(ClassSecurityPredicate others) implements ClassSecurityPredicate {
        @Override
        public boolean isTrusted(Class<?> type) {
            boolean generated = SpecificRecord.class.isAssignableFrom(type) || type.isEnum();
            return (generated && type.getName().startsWith(OURS)) || others.isTrusted(type);
        }
    }
}
