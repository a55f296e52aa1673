package io.tailwater.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.schemas.lineage.Location;
import java.net.URI;
import org.junit.jupiter.api.Test;

class LinksTest {

    private final Links links = new Links(URI.create("https://bitbucket.org/"));

    @Test
    void aPathFromARepositoryCannotLeadElsewhere() {
        String link = links.to(new Location("acme/shop", "../../evil/./a b\"><script>.sql", 7, "c".repeat(40)));
        assertThat(link)
                .isEqualTo("https://bitbucket.org/acme/shop/src/" + "c".repeat(40)
                        + "/evil/a%20b%22%3E%3Cscript%3E.sql#lines-7");
    }

    @Test
    void aWholeFileIsLinkedWithoutALine() {
        assertThat(links.to(new Location("acme/shop", "a.sql", 0, "main"))).endsWith("/a.sql");
    }
}
