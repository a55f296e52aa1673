package io.tailwater.pranalyzer.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Git over smart HTTP on loopback, for repositories of a test; asks for a token as Bitbucket does. */
public final class TestGitServer implements AutoCloseable {

    public static final String TOKEN = "ATCTT3-test-token";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, GitFixture> repositories = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private volatile int answer = 200;
    private volatile @Nullable String redirect;
    private volatile boolean silent;
    private volatile boolean shallowRefused;
    private volatile long sent;

    private TestGitServer(HttpServer server) {
        this.server = server;
    }

    public static TestGitServer start() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TestGitServer server = new TestGitServer(http);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    public TestGitServer serve(String fullName, GitFixture repository) {
        repositories.put("/" + fullName + ".git", repository);
        return this;
    }

    public GitHost host() {
        return new GitHost(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Answers everything with this status from now on; 200 for normal service. */
    public void answerWith(int status) {
        answer = status;
    }

    public void redirectTo(String location) {
        redirect = location;
    }

    /** Refuses to give less than whole histories, as old servers do. */
    public void refuseShallow() {
        shallowRefused = true;
    }

    public void fallSilent() {
        silent = true;
    }

    /** Method and path of each request, oldest first. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public long bytesSent() {
        return sent;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path);
            if (silent) {
                Thread.sleep(60_000);
            }
            if (redirect != null) {
                exchange.getResponseHeaders().add("Location", redirect + path + "?service=git-upload-pack");
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            String expected = "Basic " + Base64.getEncoder().encodeToString(("x-token-auth:" + TOKEN).getBytes(UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (answer != 200) {
                exchange.sendResponseHeaders(answer, -1);
                return;
            }
            boolean advertise = path.endsWith("/info/refs");
            GitFixture repository = repositories.get(path.replaceFirst("/(info/refs|git-upload-pack)$", ""));
            if (repository == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            serve(exchange, repository, advertise);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange, GitFixture repository, boolean advertise) throws IOException {
        UploadPack uploadPack = new UploadPack(repository.repository());
        uploadPack.setBiDirectionalPipe(false);
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        if (protocol != null) {
            uploadPack.setExtraParameters(List.of(protocol.split(":")));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (advertise) {
            PacketLineOut line = new PacketLineOut(out);
            line.writeString("# service=git-upload-pack\n");
            line.end();
            uploadPack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(line), "git-upload-pack");
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-advertisement");
        } else {
            InputStream in = exchange.getRequestBody();
            if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                in = new GZIPInputStream(in);
            }
            byte[] body = in.readAllBytes();
            try {
                if (shallowRefused && new String(body, UTF_8).contains("deepen ")) {
                    throw new IOException("no shallow clones here");
                }
                uploadPack.uploadWithExceptionPropagation(new ByteArrayInputStream(body), out, null);
            } catch (IOException e) {
                // as Git's own server does: the reason as an error packet
                out.reset();
                new PacketLineOut(out).writeString("ERR " + e.getMessage());
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
        }
        sent += out.size();
        exchange.sendResponseHeaders(200, out.size() == 0 ? -1 : out.size());
        exchange.getResponseBody().write(out.toByteArray());
    }
}
