package io.tailwater.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceAddressTest {

    private static final URI HOST = URI.create("https://bitbucket.org");

    @ParameterizedTest
    @CsvSource({
        "acme, acme,",
        "  acme  , acme,",
        "Acme, acme,",
        "acme/warehouse, acme, warehouse",
        "https://bitbucket.org/acme, acme,",
        "https://bitbucket.org/acme/, acme,",
        "https://bitbucket.org/acme/workspace/overview, acme,",
        "https://bitbucket.org/acme/warehouse, acme, warehouse",
        "https://bitbucket.org/acme/warehouse/src/main/models/a.sql?at=main#L3, acme, warehouse",
        "bitbucket.org/acme/warehouse/, acme, warehouse",
        "https://someone@bitbucket.org/acme/warehouse.git, acme, warehouse",
        "git@bitbucket.org:acme/warehouse.git, acme, warehouse",
        "'{8a1c2b3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}', '{8a1c2b3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d}',",
        "https://bitbucket.org/%7B8a1c%7D/%7B77%7D, {8a1c}, {77}",
    })
    void reducesWhatWasEnteredToTheId(String entered, String workspace, String repository) {
        assertThat(WorkspaceAddress.parse(entered, HOST))
                .isEqualTo(new WorkspaceAddress(workspace, Optional.ofNullable(repository)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "https://bitbucket.org/",
                "https://github.com/acme/warehouse",
                "https://bitbucket.org.example.com/acme",
                "git@github.com:acme/warehouse.git",
                "two words",
                "acme'; drop",
                "../..",
            })
    void refusesWhatNamesNoWorkspaceWithASentence(String entered) {
        assertThatThrownBy(() -> WorkspaceAddress.parse(entered, HOST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }
}
