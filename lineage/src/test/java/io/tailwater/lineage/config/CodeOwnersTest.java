package io.tailwater.lineage.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeOwnersTest {
    @Test
    void theLastMatchingRuleDecides() {
        CodeOwners owners = CodeOwners.of("""
                # everybody
                *            ada@example.com
                /models/     @acme/data-core   # one folder
                *.yml        @grace
                models/marts/finance/** @acme/finance:random(2) bob@example.com
                """);

        assertThat(owners.ownersOf("README.md")).containsExactly("ada@example.com");
        assertThat(owners.ownersOf("models/staging/orders.sql")).containsExactly("acme/data-core");
        assertThat(owners.ownersOf("models/staging/schema.yml")).containsExactly("grace");
        assertThat(owners.ownersOf("models/marts/finance/revenue.sql"))
                .containsExactly("acme/finance", "bob@example.com");
    }

    @Test
    void groupsQuotedNamesAndSettingsAreRead() {
        CodeOwners owners = CodeOwners.of("""
                CODEOWNERS.toplevel.assignment_routing random 2
                @@@DataTeam @"Ada Lovelace" @"Grace Hopper"
                sql/         @@DataTeam
                "sql/with blanks/"  @"Ada Lovelace"
                !sql/generated/
                Check(@@DataTeam >= 1)
                """);

        assertThat(owners.ownersOf("sql/orders.sql")).containsExactly("DataTeam");
        assertThat(owners.ownersOf("sql/with blanks/orders.sql")).containsExactly("Ada Lovelace");
        assertThat(owners.ownersOf("sql/generated/orders.sql")).isEmpty();
        assertThat(owners.ownersOf("Check(@@DataTeam")).isEmpty();
    }

    @Test
    void aSectionsOwnersHoldForItsRulesWithoutAny() {
        CodeOwners owners = CodeOwners.of("""
                [Warehouse] @acme/warehouse
                /models/
                /macros/ @ada
                """);

        assertThat(owners.ownersOf("models/a.sql")).containsExactly("acme/warehouse");
        assertThat(owners.ownersOf("macros/a.sql")).containsExactly("ada");
    }

    @Test
    void aStarAtTheEndMeansTheFilesOfOneFolder() {
        CodeOwners owners = CodeOwners.of("docs/* @writers\n");

        assertThat(owners.ownersOf("docs/a.md")).containsExactly("writers");
        assertThat(owners.ownersOf("docs/deep/a.md")).isEmpty();
    }

    @Test
    void whatIsNoRuleIsPassedOver() {
        assertThat(CodeOwners.of("\n\t\n#\n" + "x".repeat(10_000) + " @a\n").ownersOf("x"))
                .isEmpty();
    }
}
