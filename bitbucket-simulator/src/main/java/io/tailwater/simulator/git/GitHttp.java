package io.tailwater.simulator.git;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.Hosting;
import io.tailwater.simulator.state.Person;
import io.tailwater.simulator.state.Refusal;
import io.tailwater.simulator.state.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.TransferConfig;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Git's smart HTTP protocol over JGit: fetch for every repository, push for writable ones.
 *
 * <p>Credentials are {@code x-token-auth} and an access token, in Basic form.
 */
public final class GitHttp {

    private static final Logger LOG = LoggerFactory.getLogger(GitHttp.class);
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";
    private static final String USER = "x-token-auth";

    private final Hosting hosting;
    private volatile GitRules rules;

    /** A server for all repositories of the hosting. */
    public GitHttp(Hosting hosting, GitRules rules) {
        this.hosting = hosting;
        this.rules = rules;
    }

    /** Changes what is allowed, from the next request on. */
    public void rules(GitRules changed) {
        this.rules = changed;
    }

    /** Adds the three addresses that Git asks for. */
    public void register(RoutesConfig routes) {
        routes.get("/{workspace}/{repository}/info/refs", this::advertise);
        routes.post("/{workspace}/{repository}/" + UPLOAD, this::upload);
        routes.post("/{workspace}/{repository}/" + RECEIVE, this::receive);
    }

    private void advertise(Context ctx) throws IOException {
        String service = ctx.queryParam("service");
        if (UPLOAD.equals(service)) {
            Optional<HostedRepository> repository = admit(ctx, "repository");
            if (repository.isPresent()) {
                start(ctx, "application/x-" + UPLOAD + "-advertisement");
                try (UploadPack pack = uploadPack(ctx, repository.get())) {
                    pack.sendAdvertisedRefs(advertiser(ctx), UPLOAD);
                }
            }
        } else if (RECEIVE.equals(service)) {
            Optional<HostedRepository> repository = admitWriter(ctx);
            if (repository.isPresent()) {
                start(ctx, "application/x-" + RECEIVE + "-advertisement");
                PacketLineOut out = new PacketLineOut(ctx.res().getOutputStream());
                out.writeString("# service=" + RECEIVE + "\n");
                out.end();
                receivePack(repository.get()).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
            }
        } else {
            ctx.status(403).result("Please upgrade your git client.");
        }
    }

    private void upload(Context ctx) throws IOException {
        Optional<HostedRepository> repository = admit(ctx, "repository");
        if (repository.isPresent()) {
            start(ctx, "application/x-" + UPLOAD + "-result");
            try (UploadPack pack = uploadPack(ctx, repository.get());
                    InputStream in = body(ctx)) {
                pack.upload(in, ctx.res().getOutputStream(), OutputStream.nullOutputStream());
            } catch (UploadPackInternalServerErrorException e) {
                LOG.debug("a fetch from {} ended with an error that the client was told", repository.get(), e);
            }
        }
    }

    private void receive(Context ctx) throws IOException {
        Optional<HostedRepository> repository = admitWriter(ctx);
        if (repository.isPresent()) {
            Person pusher = credentials(ctx).map(AccessToken::person).orElseThrow();
            start(ctx, "application/x-" + RECEIVE + "-result");
            try (InputStream in = body(ctx)) {
                receivePack(repository.get()).receive(in, ctx.res().getOutputStream(), OutputStream.nullOutputStream());
            } catch (UnpackException e) {
                LOG.debug("a push to {} ended with an error that the client was told", repository.get(), e);
            }
            hosting.noticePush(repository.get().name(), pusher);
        }
    }

    private UploadPack uploadPack(Context ctx, HostedRepository repository) {
        UploadPack pack = new UploadPack(repository.git());
        pack.setBiDirectionalPipe(false);
        pack.setTransferConfig(new TransferConfig(rules.toConfig()));
        pack.setAdvertisedRefs(repository.advertisedRefs());
        String protocol = ctx.header("Git-Protocol");
        if (rules.protocolTwo() && protocol != null) {
            pack.setExtraParameters(List.of(protocol.split(":")));
        }
        return pack;
    }

    private static ReceivePack receivePack(HostedRepository repository) {
        ReceivePack pack = new ReceivePack(repository.git());
        pack.setBiDirectionalPipe(false);
        return pack;
    }

    private static PacketLineOutRefAdvertiser advertiser(Context ctx) throws IOException {
        return new PacketLineOutRefAdvertiser(new PacketLineOut(ctx.res().getOutputStream()));
    }

    private static void start(Context ctx, String contentType) {
        ctx.status(200).contentType(contentType).header("Cache-Control", "no-cache");
    }

    private static InputStream body(Context ctx) throws IOException {
        InputStream in = ctx.bodyInputStream();
        String encoding = ctx.header("Content-Encoding");
        return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip") ? new GZIPInputStream(in) : in;
    }

    private Optional<HostedRepository> admitWriter(Context ctx) {
        Optional<HostedRepository> repository = admit(ctx, "repository:write");
        if (repository.isPresent() && !repository.get().writable()) {
            ctx.status(403).result("This repository is served read-only.");
            return Optional.empty();
        }
        return repository;
    }

    /** The repository asked for, or empty after an answer that says why not. */
    private Optional<HostedRepository> admit(Context ctx, String scope) {
        Optional<AccessToken> token = credentials(ctx);
        if (token.isEmpty()) {
            ctx.status(401)
                    .header("WWW-Authenticate", "Basic realm=\"Bitbucket.org HTTP\"")
                    .result("Authentication required");
            return Optional.empty();
        }
        try {
            String directory = ctx.pathParam("repository");
            String slug = directory.endsWith(".git") ? directory.substring(0, directory.length() - 4) : directory;
            RepositoryName name = new RepositoryName(ctx.pathParam("workspace"), slug);
            if (token.get().reaches(name)) {
                HostedRepository repository = hosting.repository(name);
                if (token.get().grants(scope)) {
                    return Optional.of(repository);
                }
                ctx.status(403).result("The token lacks the scope " + scope + ".");
                return Optional.empty();
            }
        } catch (IllegalArgumentException | Refusal e) {
            // answered below: what may not be seen and what does not exist look the same
        }
        ctx.status(404).result("Repository not found");
        return Optional.empty();
    }

    private Optional<AccessToken> credentials(Context ctx) {
        String header = ctx.header("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(header.substring("Basic ".length()).strip()),
                    StandardCharsets.UTF_8);
            return pair.startsWith(USER + ":") ? hosting.token(pair.substring(USER.length() + 1)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
