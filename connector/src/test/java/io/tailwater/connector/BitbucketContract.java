package io.tailwater.connector;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.ValidationReport;
import io.tailwater.simulator.fault.RecordedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Atlassian's description of Bitbucket's API, as a judge of what our client sent to the stand-in. */
final class BitbucketContract {

    private static final OpenApiInteractionValidator CONTRACT =
            OpenApiInteractionValidator.createForInlineApiSpecification(contract())
                    .build();

    private BitbucketContract() {}

    /** What the contract says against the API requests among these, but for its known errors. */
    static List<String> violations(List<RecordedRequest> requests) {
        return requests.stream()
                .filter(request -> request.path().startsWith("/2.0/"))
                .flatMap(request -> CONTRACT.validateRequest(asSent(request)).getMessages().stream()
                        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                        .filter(message -> !isKnownError(request, message))
                        .map(message -> request.method() + " " + request.path() + " " + message))
                .toList();
    }

    /**
     * The contract's known errors, one by one.
     *
     * <ul>
     *   <li>It says that every body has a "type", because its base schema does; the service does not ask for one, and
     *       Atlassian's own samples go without.
     *   <li>It declares the {@code state} of a list of pull requests as one value; its own prose says to repeat it for several.
     * </ul>
     */
    private static boolean isKnownError(RecordedRequest request, ValidationReport.Message message) {
        boolean missingType = message.getKey().equals("validation.request.body.schema.required")
                && message.getMessage().startsWith("required property 'type' not found");
        boolean repeatedState = request.method().equals("GET")
                && request.path().endsWith("/pullrequests")
                && message.getMessage().startsWith("Multiple values found for parameter 'state'");
        return missingType || repeatedState;
    }

    private static Request asSent(RecordedRequest sent) {
        SimpleRequest.Builder request =
                new SimpleRequest.Builder(sent.method(), sent.path().substring("/2.0".length()));
        if (sent.scheme() != null) {
            request.withHeader("Authorization", sent.scheme() + " token");
        }
        if (sent.query() != null) {
            for (String parameter : sent.query().split("&")) {
                String[] parts = parameter.split("=", 2);
                request.withQueryParam(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        if (sent.body() != null) {
            request.withContentType("application/json").withBody(sent.body());
        }
        return request.build();
    }

    private static String contract() {
        try (InputStream resource = Objects.requireNonNull(
                BitbucketContract.class.getResourceAsStream("/bitbucket-operations.json"), "the contract")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("https://api.bitbucket.org/2.0", "https://api.bitbucket.org");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
