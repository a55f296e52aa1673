package io.tailwater.publisher.publish;

import io.tailwater.schemas.report.Publication;
import java.util.List;
import java.util.Optional;

/** What a report asks for, before anybody is asked. */
public sealed interface Plan {

    /**
     * Nothing at all: it was handled before, or something newer was.
     *
     * @param reason why
     */
    record Ignore(String reason) implements Plan {}

    /**
     * Only to be recorded.
     *
     * @param publication what is recorded
     */
    record Settled(Publication publication) implements Plan {}

    /**
     * A comment is to stand that says this.
     *
     * @param markdown its text without the marker
     * @param contentHash SHA-256 in hexadecimal of what it says, apart from what differs between equal reports
     * @param findingKeys keys of its findings
     * @param reason why the analysis failed, empty for an analysis that ended
     */
    record Say(String markdown, String contentHash, List<String> findingKeys, Optional<String> reason) implements Plan {
        public Say {
            findingKeys = List.copyOf(findingKeys);
        }
    }
}
