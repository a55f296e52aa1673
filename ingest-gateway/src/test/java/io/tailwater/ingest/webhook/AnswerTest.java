package io.tailwater.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {

    @ParameterizedTest
    @EnumSource
    void isJson(Answer answer) {
        assertThatCode(() -> {
                    try (JsonParser parser = new JsonFactory().createParser(answer.json())) {
                        while (parser.nextToken() != null) {
                            // the whole text
                        }
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void hasItsOwnCodeAndText() {
        assertThat(Arrays.stream(Answer.values()).map(Answer::code)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(Answer.values()).map(Answer::json)).doesNotHaveDuplicates();
    }

    @Test
    void acceptsOnlyWhatIsStored() {
        assertThat(Arrays.stream(Answer.values()).filter(answer -> answer.status() < 400))
                .containsExactly(Answer.STORED);
    }
}
