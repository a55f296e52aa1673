package io.tailwater.pranalyzer.git;

import static io.tailwater.pranalyzer.git.GitFixture.files;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailwater.lineage.project.FileEntry;
import io.tailwater.lineage.project.FileKind;
import io.tailwater.lineage.project.ReadOutcome;
import io.tailwater.lineage.project.RepositoryFiles;
import io.tailwater.schemas.topic.RepositoryKey;
import io.tailwater.service.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitMirrorsTest {

    private static final RepositoryKey KEY = new RepositoryKey("{w}", "{r}");
    private static final RemoteRepository REMOTE =
            new RemoteRepository("acme/warehouse", Secret.of(TestGitServer.TOKEN));
    private static final RemoteRepository FORK = new RemoteRepository("ada/warehouse", Secret.of(TestGitServer.TOKEN));

    @TempDir
    private Path folder;

    private TestGitServer server;
    private GitFixture git;
    private GitMirrors mirrors;

    @BeforeEach
    void start() throws IOException {
        server = TestGitServer.start();
        git = GitFixture.bare(folder.resolve("origin.git")).allow(true, true);
        server.serve("acme/warehouse", git);
        mirrors = mirrors(limits());
    }

    @AfterEach
    void stop() {
        server.close();
        git.close();
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, commits-without-blobs",
        "true, true, false, commits",
        "true, false, false, commits",
        "false, true, true, branches",
    })
    void comparesHeadWithMergeBaseInWhateverWayTheServerAllows(
            boolean shallow, boolean byId, boolean filter, String remembered) throws Exception {
        git.allow(byId, filter);
        ObjectId root = git.commit(files("models/a.sql", "select 1").file("readme.md", "one"));
        ObjectId main = git.commit(files("models/a.sql", "select 1").file("readme.md", "two"), root);
        ObjectId head = git.commit(files("models/a.sql", "select 2").file("readme.md", "one"), root);
        git.branch("main", git.commit(files("models/a.sql", "select 3"), main)).branch("feature", head);
        if (!shallow) {
            server.refuseShallow();
        }

        Read read = pullRequest(commit(head, "feature"), commit(main, "main"));

        assertThat(read.head).containsEntry("models/a.sql", "select 2").containsEntry("readme.md", "one");
        assertThat(read.mergeBase).containsEntry("models/a.sql", "select 1");
        assertThat(read.mergeBaseId).isEqualTo(root.name());
        assertThat(read.mergeBases).isEqualTo(1);
        assertThat(Files.readString(only(mirrorsFolder(), "server-"))).isEqualToIgnoringNewLines(remembered);
    }

    @Test
    void findsCommitsByTheirFirstTwelveDigits() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);

        Read read = pullRequest(shortly(head, "feature"), shortly(root, "main"));

        assertThat(read.headId).isEqualTo(head.name());
        assertThat(read.mergeBaseId).isEqualTo(root.name());
    }

    @Test
    void findsShortCommitThatANewerPushHasOvertaken() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        ObjectId newer = git.commit(files("a.sql", "3"), head);
        git.branch("main", root).branch("feature", newer);

        assertThat(pullRequest(shortly(head, "feature"), shortly(root, "main")).headId)
                .isEqualTo(head.name());
    }

    @Test
    void deepensHistoryUntilTheMergeBaseIsCertain() throws Exception {
        ObjectId root = git.commit(files("a.sql", "0"));
        ObjectId main = root;
        for (int i = 0; i < 40; i++) {
            main = git.commit(files("a.sql", "main " + i), main);
        }
        ObjectId head = git.commit(files("a.sql", "head"), root);
        git.branch("main", main).branch("feature", head);

        assertThat(pullRequest(commit(head, "feature"), commit(main, "main")).mergeBaseId)
                .isEqualTo(root.name());
    }

    @Test
    void fetchesHeadOfForkFromTheForkBesideIt() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        git.branch("main", root);
        try (GitFixture fork = GitFixture.bare(folder.resolve("fork.git")).allow(true, true)) {
            ObjectId same = fork.commit(files("a.sql", "1"));
            assertThat(same).isEqualTo(root);
            ObjectId head = fork.commit(files("a.sql", "2"), same);
            fork.branch("feature", head);
            server.serve("ada/warehouse", fork);

            Read read = pullRequest(new WantedCommit(FORK, head.name(), "feature"), commit(root, "main"));

            assertThat(read.head).containsEntry("a.sql", "2");
            assertThat(read.mergeBaseId).isEqualTo(root.name());
        }
    }

    @Test
    void saysThatHistoriesShareNothing() throws Exception {
        ObjectId main = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"));
        git.branch("main", main).branch("feature", head);

        Optional<String> found = mirrors.use(
                KEY,
                mirror -> mirror.pullRequest(commit(head, "feature"), commit(main, "main"))
                        .map(revisions -> revisions.base().revision()));

        assertThat(found).isEmpty();
    }

    @Test
    void saysThatHeadIsGoneWithItsBranch() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);
        pullRequest(commit(root, "main"), commit(root, "main"));
        git.deleteBranch("feature");

        assertThatThrownBy(() -> pullRequest(shortly(head, "feature"), shortly(root, "main")))
                .isInstanceOf(GitException.NotFound.class);
        assertThatThrownBy(() ->
                        pullRequest(commit(ObjectId.fromString("d".repeat(40)), "feature"), commit(root, "main")))
                .isInstanceOf(GitException.NotFound.class);
    }

    @Test
    void asksTheServerForNothingWhenItHasBothSides() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);
        pullRequest(commit(head, "feature"), commit(root, "main"));
        int before = server.requests().size();

        Read again = pullRequest(shortly(head, "feature"), shortly(root, "main"));

        assertThat(again.head).containsEntry("a.sql", "2");
        assertThat(server.requests()).hasSize(before);
    }

    @Test
    void fetchesOnlyContentsThatAreRead() throws Exception {
        byte[] random = new byte[3_000_000];
        new java.util.Random(1).nextBytes(random);
        ObjectId root = git.commit(files("a.sql", "1").file("video.mp4", random));
        ObjectId head = git.commit(files("a.sql", "2").file("video.mp4", random), root);
        git.branch("main", root).branch("feature", head);

        mirrors.use(KEY, mirror -> {
            PullRequestRevisions found = mirror.pullRequest(commit(head, "feature"), commit(root, "main"))
                    .orElseThrow();
            return found.head().read("a.sql", 100);
        });

        assertThat(server.bytesSent()).isLessThan(100_000);
    }

    @Test
    void leavesOutContentBeyondLimitsAndSaysSo() throws Exception {
        byte[] random = new byte[3_000_000];
        new java.util.Random(1).nextBytes(random);
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head =
                git.commit(files("a.sql", "2").file("packed.sql", random).file("zeros.sql", new byte[5_000_000]), root);
        git.branch("main", root).branch("feature", head);
        GitMirrors strict = mirrors(new GitLimits(
                1_000_000, 2_000_000, 1000, Duration.ofSeconds(10), Duration.ofSeconds(60), 1L << 30, 50));

        Map<String, ReadOutcome> read = strict.use(KEY, mirror -> {
            RepositoryFiles files = mirror.pullRequest(commit(head, "feature"), commit(root, "main"))
                    .orElseThrow()
                    .head();
            Map<String, ReadOutcome> outcomes = new TreeMap<>();
            for (FileEntry entry : files.entries()) {
                outcomes.put(entry.path(), files.read(entry.path(), 10_000_000));
            }
            return outcomes;
        });

        assertThat(read.get("a.sql")).isInstanceOf(ReadOutcome.Content.class);
        assertThat(read.get("packed.sql")).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(read.get("zeros.sql")).isEqualTo(new ReadOutcome.TooLarge(5_000_000));
    }

    @Test
    void takesLinksSubmodulesAndPointersAsData() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1")
                .link("passwords", "/etc/passwd")
                .submodule("library")
                .file("seed.csv", """
                        version https://git-lfs.github.com/spec/v1
                        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
                        size 12345
                        """));
        git.branch("main", head);

        mirrors.use(KEY, mirror -> {
            RepositoryFiles files = mirror.revision(commit(head, "main"));
            assertThat(files.entries())
                    .extracting(FileEntry::path, FileEntry::kind)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("passwords", FileKind.SYMLINK),
                            org.assertj.core.groups.Tuple.tuple("library", FileKind.GITLINK));
            assertThat(files.read("passwords", 1000)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(files.read("library", 1000)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(files.read("nowhere", 1000)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(files.read("seed.csv", 1000)).isEqualTo(new ReadOutcome.LfsPointer(12345));
            return "";
        });
    }

    @Test
    void refusesTreeThatNamesItsParentFolder() throws Exception {
        ObjectId evil = git.commitOfTree(treeWith("..", git.blob("x")));
        git.branch("main", evil);

        assertThatThrownBy(() -> mirrors.use(KEY, mirror -> mirror.revision(commit(evil, "main"))))
                .isInstanceOf(GitException.Corrupt.class);
    }

    @Test
    void refusesRevisionWithTooManyFiles() throws Exception {
        GitFixture.Content many = files();
        for (int i = 0; i < 30; i++) {
            many.file("f" + i + ".sql", "select " + i);
        }
        ObjectId head = git.commit(many);
        git.branch("main", head);
        GitMirrors strict = mirrors(
                new GitLimits(1_000_000, 1000, 20, Duration.ofSeconds(10), Duration.ofSeconds(60), 1L << 30, 50));

        assertThatThrownBy(() -> strict.use(KEY, mirror -> mirror.revision(commit(head, "main"))))
                .isInstanceOf(GitException.TooLarge.class)
                .hasMessageContaining("20 files");
    }

    @ParameterizedTest
    @CsvSource({"401, Unauthorized", "403, Unauthorized", "404, NotFound", "429, Unavailable", "503, Unavailable"})
    void classifiesWhatTheServerAnswers(int status, String kind) throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        git.branch("main", head);
        server.answerWith(status);

        assertThatThrownBy(() -> mirrors.use(KEY, mirror -> mirror.revision(commit(head, "main"))))
                .isInstanceOf(GitException.class)
                .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(kind))
                .satisfies(GitMirrorsTest::holdsNoToken);
    }

    @Test
    void tellsRefusedToken() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        git.branch("main", head);
        RemoteRepository wrong = new RemoteRepository("acme/warehouse", Secret.of("another"));

        assertThatThrownBy(() ->
                        mirrors.use(KEY, mirror -> mirror.revision(new WantedCommit(wrong, head.name(), "main"))))
                .isInstanceOf(GitException.Unauthorized.class);
    }

    @Test
    void isUnavailableWhenTheServerFallsSilent() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        git.branch("main", head);
        server.fallSilent();
        GitMirrors impatient =
                mirrors(new GitLimits(1_000_000, 1000, 20, Duration.ofSeconds(1), Duration.ofSeconds(5), 1L << 30, 50));

        assertThatThrownBy(() -> impatient.use(KEY, mirror -> mirror.revision(commit(head, "main"))))
                .isInstanceOf(GitException.Unavailable.class);
    }

    @Test
    void isUnavailableWhenNobodyListens() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        server.close();

        assertThatThrownBy(() -> mirrors.use(KEY, mirror -> mirror.revision(commit(head, "main"))))
                .isInstanceOf(GitException.Unavailable.class);
    }

    @Test
    void carriesTheTokenToNoOtherServer() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        git.branch("main", head);
        try (TestGitServer foreign = TestGitServer.start()) {
            server.redirectTo(foreign.host().base().toString());

            assertThatThrownBy(() -> mirrors.use(KEY, mirror -> mirror.revision(commit(head, "main"))))
                    .isInstanceOf(GitException.class);
            assertThat(foreign.requests()).isEmpty();
        }
    }

    @Test
    void writesTheTokenNowhere() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);
        pullRequest(commit(head, "feature"), commit(root, "main"));

        try (Stream<Path> written = Files.walk(mirrorsFolder())) {
            assertThat(written.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), UTF_8))
                            .doesNotContain(TestGitServer.TOKEN));
        }
    }

    @Test
    void makesBrokenMirrorAnew() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);
        pullRequest(commit(head, "feature"), commit(root, "main"));
        try (Stream<Path> packs = Files.walk(mirrorsFolder())) {
            packs.filter(path -> path.toString().endsWith(".pack")).forEach(GitMirrorsTest::scribble);
        }

        assertThat(pullRequest(commit(head, "feature"), commit(root, "main")).head)
                .containsEntry("a.sql", "2");
    }

    @Test
    void dropsMirrorsNotUsedForLongest() throws Exception {
        byte[] random = new byte[200_000];
        new java.util.Random(1).nextBytes(random);
        ObjectId head = git.commit(files("a.sql", random.length + "").file("b.sql", random));
        git.branch("main", head);
        List<Instant> now = new ArrayList<>(List.of(Instant.parse("2026-01-01T00:00:00Z")));
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get(0);
            }
        };
        GitMirrors small = new GitMirrors(
                mirrorsFolder(),
                server.host(),
                new GitLimits(1L << 30, 1 << 20, 1000, Duration.ofSeconds(10), Duration.ofSeconds(60), 600_000, 50),
                clock);
        for (int i = 0; i < 5; i++) {
            now.set(0, now.get(0).plusSeconds(60));
            small.use(
                    new RepositoryKey("{w}", "{r" + i + "}"),
                    mirror -> mirror.revision(commit(head, "main")).read("b.sql", 1 << 20));
        }

        try (Stream<Path> kept = Files.list(mirrorsFolder())) {
            assertThat(kept.filter(Files::isDirectory)).hasSizeBetween(1, 3);
        }
        assertThat(mirrorsFolder().resolve(MirrorName.of("{w}/{r4}"))).isDirectory();
    }

    @Test
    void isSafeForManyThreads() throws Exception {
        ObjectId root = git.commit(files("a.sql", "1"));
        ObjectId head = git.commit(files("a.sql", "2"), root);
        git.branch("main", root).branch("feature", head);
        GitMirrors other = mirrors(limits()); // another process would hold another instance
        List<Callable<Map<String, String>>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            GitMirrors one = i % 2 == 0 ? mirrors : other;
            tasks.add(() -> pullRequest(one, commit(head, "feature"), commit(root, "main")).head);
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Map<String, String>> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).containsEntry("a.sql", "2");
            }
        }
    }

    @Test
    void namesDefaultBranch() throws Exception {
        ObjectId head = git.commit(files("a.sql", "1"));
        git.branch("main", head).branch("release", head);

        Optional<DefaultBranch> found = mirrors.use(KEY, mirror -> mirror.defaultBranch(REMOTE));

        assertThat(found).contains(new DefaultBranch("main", head.name()));
    }

    @Test
    void saysThatEmptyRepositoryHasNoDefaultBranch() throws Exception {
        Optional<DefaultBranch> found = mirrors.use(KEY, mirror -> mirror.defaultBranch(REMOTE));

        assertThat(found).isEmpty();
    }

    private record Read(
            String headId,
            Map<String, String> head,
            String mergeBaseId,
            Map<String, String> mergeBase,
            int mergeBases) {}

    private Read pullRequest(WantedCommit head, WantedCommit base) throws GitException {
        return pullRequest(mirrors, head, base);
    }

    private static Read pullRequest(GitMirrors mirrors, WantedCommit head, WantedCommit base) throws GitException {
        return mirrors.use(KEY, mirror -> {
            PullRequestRevisions found = mirror.pullRequest(head, base).orElseThrow();
            return new Read(
                    found.head().revision(),
                    texts(found.head()),
                    found.mergeBase().revision(),
                    texts(found.mergeBase()),
                    found.mergeBases());
        });
    }

    private static Map<String, String> texts(RepositoryFiles files) {
        Map<String, String> texts = new TreeMap<>();
        for (FileEntry entry : files.entries()) {
            if (files.read(entry.path(), 1 << 20) instanceof ReadOutcome.Content content) {
                texts.put(entry.path(), new String(content.bytes(), UTF_8));
            }
        }
        return texts;
    }

    private static void holdsNoToken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertThat(String.valueOf(cause.getMessage())).doesNotContain(TestGitServer.TOKEN);
        }
    }

    private static byte[] treeWith(String name, ObjectId blob) throws IOException {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        tree.write(("100644 " + name + "\0").getBytes(UTF_8));
        byte[] raw = new byte[20];
        blob.copyRawTo(raw, 0);
        tree.write(raw);
        return tree.toByteArray();
    }

    private static void scribble(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Arrays.fill(bytes, 12, bytes.length, (byte) 7);
            file.toFile().setWritable(true);
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path only(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private GitMirrors mirrors(GitLimits limits) {
        return new GitMirrors(mirrorsFolder(), server.host(), limits, Clock.systemUTC());
    }

    private Path mirrorsFolder() {
        return folder.resolve("mirrors");
    }

    private static GitLimits limits() {
        return new GitLimits(1L << 30, 1 << 20, 1000, Duration.ofSeconds(20), Duration.ofSeconds(60), 1L << 30, 2);
    }

    private static WantedCommit commit(ObjectId id, String branch) {
        return new WantedCommit(REMOTE, id.name(), branch);
    }

    private static WantedCommit shortly(ObjectId id, String branch) {
        return new WantedCommit(REMOTE, id.name().substring(0, 12), branch);
    }
}
