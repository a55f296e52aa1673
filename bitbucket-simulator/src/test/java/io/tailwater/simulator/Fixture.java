package io.tailwater.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** A running simulator with one small repository, and a client for it. */
public final class Fixture implements AutoCloseable {

    /** The token that is let in. */
    public static final String TOKEN = "ATCTT3-test-token";

    /** What the token is let in as. */
    public static final AccessToken WORKSPACE_TOKEN = AccessToken.ofWorkspace("acme", "Tailwater", TOKEN);

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The simulator. */
    public final BitbucketSimulator simulator;

    /** Serves the directory, writable. */
    public final HostedRepository repository;

    /** Work tree whose repository is served. */
    public final Git git;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    /** An answer with its body as text. */
    public record Reply(int status, String body, HttpResponse<String> response) {
        /** The body as JSON. */
        public JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON: " + body, e);
            }
        }
    }

    /** Starts with a work tree below the folder: {@code main} with two commits, {@code feature/drop} with one more. */
    public Fixture(Path folder, SimulatorOptions options) throws IOException, GitAPIException {
        git = Git.init()
                .setDirectory(folder.resolve("tree").toFile())
                .setInitialBranch("main")
                .call();
        git.getRepository().getConfig().setString("commit", null, "gpgsign", "false");
        commit("models/orders.sql", "select id, amount from raw_orders\n", "Add orders");
        commit("README.md", "A warehouse\n", "Say what it is");
        git.checkout().setCreateBranch(true).setName("feature/drop").call();
        commit("models/orders.sql", "select id from raw_orders\n", "Drop amount");
        git.checkout().setName("main").call();
        simulator = BitbucketSimulator.start(options);
        simulator.addToken(WORKSPACE_TOKEN);
        repository = simulator.addWritableRepository("acme", "warehouse", folder.resolve("tree"));
    }

    /** Commits one file on the branch that is checked out. */
    public RevCommit commit(String path, String content, String message) throws IOException, GitAPIException {
        Path file = git.getRepository().getWorkTree().toPath().resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        git.add().addFilepattern(path).call();
        return git.commit()
                .setMessage(message)
                .setAuthor("Ines", "ines@example.invalid")
                .setCommitter("Ines", "ines@example.invalid")
                .setSign(false)
                .call();
    }

    /** Address of the repository in REST. */
    public String api() {
        return "/2.0/repositories/acme/warehouse";
    }

    /** GET with the token. */
    public Reply get(String path) {
        return send("GET", path, null, "Bearer " + TOKEN);
    }

    /** POST of JSON with the token. */
    public Reply post(String path, String body) {
        return send("POST", path, body, "Bearer " + TOKEN);
    }

    /** PUT of JSON with the token. */
    public Reply put(String path, String body) {
        return send("PUT", path, body, "Bearer " + TOKEN);
    }

    /** DELETE with the token. */
    public Reply delete(String path) {
        return send("DELETE", path, null, "Bearer " + TOKEN);
    }

    /** Any request; authorization may be null. Redirects are not followed. */
    public Reply send(String method, String path, @Nullable String body, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        path.startsWith("http") ? URI.create(path) : URI.create(simulator.address() + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a condition that another thread brings about. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within 30 s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(10).toNanos());
        }
    }

    @Override
    public void close() {
        simulator.close();
        git.close();
    }
}
