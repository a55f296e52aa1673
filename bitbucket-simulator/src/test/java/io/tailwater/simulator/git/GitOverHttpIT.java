package io.tailwater.simulator.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.simulator.Fixture;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.delivery.DeliveryRecord;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOverHttpIT {

    @TempDir
    private Path folder;

    private Fixture fixture;

    @BeforeEach
    void start() throws IOException, GitAPIException {
        fixture = new Fixture(folder, SimulatorOptions.defaults());
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void clonesWithJgitAndTheToken() throws GitAPIException {
        try (Git clone = Git.cloneRepository()
                .setURI(url())
                .setCredentialsProvider(credentials(Fixture.TOKEN))
                .setDirectory(folder.resolve("clone").toFile())
                .setCloneAllBranches(true)
                .call()) {
            assertThat(clone.getRepository().getWorkTree().toPath().resolve("README.md"))
                    .hasContent("A warehouse");
            assertThat(clone.branchList()
                            .setListMode(org.eclipse.jgit.api.ListBranchCommand.ListMode.REMOTE)
                            .call())
                    .extracting(ref -> ref.getName())
                    .contains("refs/remotes/origin/main", "refs/remotes/origin/feature/drop");
        }
    }

    @Test
    void clonesWithNativeGitInBothProtocols() throws Exception {
        for (String version : List.of("0", "2")) {
            String target = "native" + version;
            assertThat(git(folder, "-c", "protocol.version=" + version, "clone", "-q", urlWith(Fixture.TOKEN), target)
                            .status())
                    .isZero();
            assertThat(folder.resolve(target).resolve("models/orders.sql"))
                    .hasContent("select id, amount from raw_orders");
        }
    }

    @Test
    void asksForCredentialsWithoutAToken() {
        Fixture.Reply reply = fixture.send("GET", "/acme/warehouse.git/info/refs?service=git-upload-pack", null, null);
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.response().headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic"));
        assertThatThrownBy(() -> Git.lsRemoteRepository()
                        .setRemote(url())
                        .setCredentialsProvider(credentials("wrong"))
                        .call())
                .hasMessageContaining("not authorized");
    }

    @Test
    void hidesARepositoryThatTheTokenDoesNotReach() {
        fixture.simulator.createRepository("acme", "other");
        fixture.simulator.addToken(AccessToken.ofRepository(fixture.repository.name(), "One", "one-repository"));
        String basic = "Basic "
                + java.util.Base64.getEncoder()
                        .encodeToString("x-token-auth:one-repository".getBytes(StandardCharsets.UTF_8));
        String refs = "/info/refs?service=git-upload-pack";
        assertThat(fixture.send("GET", "/acme/other.git" + refs, null, basic).status())
                .isEqualTo(404);
        assertThat(fixture.send("GET", "/acme/warehouse.git" + refs, null, basic)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void fetchesOneRevisionShallowWithoutFileContents() throws Exception {
        ObjectId head = fixture.repository.tip("feature/drop").orElseThrow();
        try (Repository target = bare("partial");
                Transport transport = transport(target)) {
            transport.setCheckFetchedObjects(false);
            transport.setDepth(1);
            transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
            transport.fetch(
                    org.eclipse.jgit.lib.NullProgressMonitor.INSTANCE,
                    List.of(new RefSpec(head.name() + ":refs/heads/wanted")));
            ObjectId blob = fixture.git.getRepository().resolve("feature/drop:models/orders.sql");
            assertThat(target.getObjectDatabase().has(head)).isTrue();
            assertThat(target.getObjectDatabase().has(blob)).isFalse();
            assertThat(target.getObjectDatabase().getShallowCommits()).containsExactly(head);
        }
    }

    @Test
    void refusesFiltersWhereTheRulesForbidThem() throws Exception {
        fixture.simulator.gitRules(GitRules.strict());
        assertThat(git(folder, "clone", "-q", "--no-checkout", "--filter=blob:none", urlWith(Fixture.TOKEN), "whole")
                        .error())
                .contains("filtering not recognized by server");
        ObjectId behindTheTip = fixture.git.getRepository().resolve("main~1");
        ObjectId blob = fixture.git.getRepository().resolve("main:README.md");
        assertThat(behindTheTip).isNotNull();
        try (Repository target = bare("strict");
                Transport transport = transport(target)) {
            assertThatThrownBy(() -> transport.fetch(
                            org.eclipse.jgit.lib.NullProgressMonitor.INSTANCE,
                            List.of(new RefSpec(blob.name() + ":refs/wanted/blob"))))
                    .hasMessageContaining("want");
        }
    }

    @Test
    void takesAPushAndTellsHooksOfIt() throws Exception {
        HostedRepository empty = fixture.simulator.createRepository("acme", "empty");
        fixture.simulator.addHook(
                "acme", null, fixture.simulator.address().resolve("/nowhere"), List.of("repo:push"), null);
        fixture.git
                .push()
                .setRemote(fixture.simulator.address() + "/acme/empty.git")
                .setCredentialsProvider(credentials(Fixture.TOKEN))
                .setRefSpecs(new RefSpec("refs/heads/main:refs/heads/main"))
                .call();
        assertThat(empty.tip("main")).contains(fixture.git.getRepository().resolve("main"));
        Fixture.await(
                "the push was told",
                () -> fixture.simulator.deliveries().stream()
                        .map(DeliveryRecord::eventKey)
                        .anyMatch("repo:push"::equals));
    }

    @Test
    void neverWritesToADirectoryServedReadOnly() throws Exception {
        HostedRepository readOnly = fixture.simulator.addRepository("acme", "reading", folder.resolve("tree"));
        assertThatThrownBy(() -> fixture.git
                        .push()
                        .setRemote(fixture.simulator.address() + "/acme/reading.git")
                        .setCredentialsProvider(credentials(Fixture.TOKEN))
                        .setRefSpecs(new RefSpec("refs/heads/main:refs/heads/pushed"))
                        .call())
                .hasMessageContaining("git-receive-pack not permitted");
        readOnly.expose("shown", "main~1");
        assertThat(git(
                                folder,
                                "clone",
                                "-q",
                                "-b",
                                "shown",
                                fixture.simulator
                                                .address()
                                                .toString()
                                                .replace("//", "//x-token-auth:" + Fixture.TOKEN + "@")
                                        + "/acme/reading.git",
                                "shown")
                        .status())
                .isZero();
        assertThat(folder.resolve("shown/README.md")).doesNotExist();
        assertThat(fixture.git.getRepository().findRef("refs/heads/shown")).isNull();
    }

    @Test
    void refusesToServeAShallowClone() throws Exception {
        assertThat(git(folder, "clone", "-q", "--depth", "1", urlWith(Fixture.TOKEN), "shallow")
                        .status())
                .isZero();
        assertThatThrownBy(() -> fixture.simulator.addRepository("acme", "shallow", folder.resolve("shallow")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shallow clone");
    }

    @Test
    void refusesAPushWithoutTheScope() {
        fixture.simulator.addToken(Fixture.WORKSPACE_TOKEN.withScopes(Set.of("repository")));
        assertThatThrownBy(() -> fixture.git
                        .push()
                        .setRemote(url())
                        .setCredentialsProvider(credentials(Fixture.TOKEN))
                        .setRefSpecs(new RefSpec("refs/heads/main:refs/heads/other"))
                        .call())
                .hasMessageContaining("git-receive-pack not permitted");
    }

    private String url() {
        return fixture.simulator.address() + "/acme/warehouse.git";
    }

    private String urlWith(String token) {
        return url().replace("//", "//x-token-auth:" + token + "@");
    }

    private static UsernamePasswordCredentialsProvider credentials(String token) {
        return new UsernamePasswordCredentialsProvider("x-token-auth", token);
    }

    private Repository bare(String name) throws GitAPIException {
        return Git.init()
                .setBare(true)
                .setDirectory(folder.resolve(name).toFile())
                .call()
                .getRepository();
    }

    private Transport transport(Repository target) throws Exception {
        Transport transport = Transport.open(target, new URIish(url()));
        transport.setCredentialsProvider(credentials(Fixture.TOKEN));
        return transport;
    }

    private record Outcome(int status, String error) {}

    private static Outcome git(Path directory, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Path error = Files.createTempFile(directory, "git", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.redirectError(error.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(error));
    }
}
