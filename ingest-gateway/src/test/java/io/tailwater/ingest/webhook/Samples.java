package io.tailwater.ingest.webhook;

import io.tailwater.connections.ConnectedWorkspace;
import io.tailwater.schemas.connection.ConnectionScope;
import io.tailwater.schemas.connection.ConnectionState;
import io.tailwater.schemas.topic.ConnectionId;
import io.tailwater.service.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Deliveries and connections that tests share. */
public final class Samples {

    /** Name of the connection of {@link #workspace}. */
    public static final ConnectionId ACME = new ConnectionId("acme");

    /** Its webhook secret. */
    public static final String SECRET = "webhook-secret-never-shown";

    /** Its access token. */
    public static final String TOKEN = "access-token-never-shown";

    /** Workspace uuid of the connection. */
    public static final String WORKSPACE_UUID = "{8a1c0000-0000-0000-0000-000000000001}";

    /** Recorded deliveries by event key. */
    public static final List<Sample> RECORDED = List.of(
            new Sample("pullrequest:comment_created", "webhook-pullrequest-comment_created.json"),
            new Sample("pullrequest:created", "webhook-pullrequest-created.fork.json"),
            new Sample("pullrequest:fulfilled", "webhook-pullrequest-fulfilled.json"),
            new Sample("pullrequest:rejected", "webhook-pullrequest-rejected.json"),
            new Sample("pullrequest:updated", "webhook-pullrequest-updated.json"),
            new Sample("repo:push", "webhook-repo-push.doc-example.json"));

    private Samples() {}

    /**
     * A recorded delivery.
     *
     * @param eventKey its X-Event-Key
     * @param file name of the payload's file
     */
    public record Sample(String eventKey, String file) {

        /** The payload. */
        public byte[] body() {
            try (InputStream stream = Samples.class.getResourceAsStream("/payloads/" + file)) {
                if (stream == null) {
                    throw new IllegalStateException("no test resource " + file);
                }
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A connection that works. */
    public static ConnectedWorkspace workspace(Optional<String> uuid) {
        return new ConnectedWorkspace(
                ACME,
                "acme-data",
                uuid,
                ConnectionScope.WORKSPACE,
                List.of(),
                ConnectionState.ACTIVE,
                Secret.of(TOKEN),
                Secret.of(SECRET),
                Optional.empty());
    }

    /** A small payload that names its repository and workspace. */
    public static String payload() {
        return """
                {"actor": {}, "repository": {"uuid": "{94189367-116b-436a-9f77-2314b97a6067}",
                 "workspace": {"slug": "acme-data", "uuid": "%s"}}, "pullrequest": {"id": 1}}
                """.formatted(WORKSPACE_UUID);
    }

    /** The signature header of a body by the platform's own means, not by the code under test. */
    public static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
