package io.tailwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tailwater.launcher.fixture.Browser;
import io.tailwater.launcher.fixture.DbtFixture;
import io.tailwater.launcher.fixture.GitFixture;
import io.tailwater.launcher.fixture.Installation;
import io.tailwater.schemas.report.Publication;
import io.tailwater.schemas.topic.PullRequestKey;
import io.tailwater.schemas.topic.Topics;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import io.tailwater.simulator.BitbucketSimulator;
import io.tailwater.simulator.SimulatorOptions;
import io.tailwater.simulator.fault.Fault;
import io.tailwater.simulator.state.AccessToken;
import io.tailwater.simulator.state.HostedRepository;
import io.tailwater.simulator.state.PullRequest;
import io.tailwater.simulator.state.RepositoryName;
import io.tailwater.testing.KafkaCluster;
import io.tailwater.testing.KafkaExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A person in a browser: from an empty installation to the first comment, and every page on the way. */
@ExtendWith(KafkaExtension.class)
class ConsoleJourneyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PASSWORD = "correct horse battery staple";
    private static final String WORKSPACE_TOKEN = "ATCTT3xFfGN0workspacetoken1";
    private static final String SECOND_TOKEN = "ATCTT3xFfGN0workspacetoken2";
    private static final String REPOSITORY_TOKEN = "ATCTT3xFfGN0repositorytoken1";
    private static final String POOR_TOKEN = "ATCTT3xFfGN0poortoken1";

    private final List<String> tooWide = new ArrayList<>();
    private BitbucketSimulator bitbucket;
    private Browser browser;
    private GitFixture git;
    private HostedRepository repository;
    private HostedRepository store;
    private Pipeline pipeline;
    private TopicTail<PullRequestKey, Publication> publications;

    @BeforeEach
    void start(KafkaCluster cluster, @TempDir Path folder) throws Exception {
        Optional<Path> chromium = Browser.installed();
        assumeTrue(chromium.isPresent(), "no Chromium is installed; see CONTRIBUTING.md");
        browser = Browser.start(chromium.get(), Files.createDirectories(Path.of("target", "screenshots")));
        bitbucket = BitbucketSimulator.start(SimulatorOptions.defaults().withRequestsPerHour(100_000));
        bitbucket.addToken(AccessToken.ofWorkspace("acme", "Tailwater", WORKSPACE_TOKEN));
        bitbucket.addToken(AccessToken.ofWorkspace("acme", "Tailwater 2027", SECOND_TOKEN));
        bitbucket.addToken(AccessToken.ofRepository(
                new RepositoryName("globex", "store"), "Tailwater for store", REPOSITORY_TOKEN));
        bitbucket.addToken(
                AccessToken.ofWorkspace("acme", "Poor", POOR_TOKEN).withScopes(Set.of("account", "repository")));
        git = GitFixture.create(folder.resolve("shop.git"));
        git.commit("main", DbtFixture.PROJECT);
        git.commit("drop-email", DbtFixture.EMAIL_DROPPED);
        repository = bitbucket.addRepository("acme", "shop", git.folder());
        store = bitbucket.addRepository("globex", "store", git.folder());
        Settings settings =
                Configuration.read(Optional.empty(), Map.of()).with(Installation.settings(cluster, folder, bitbucket));
        ClusterTopics.createMissing(settings);
        publications = TopicTail.follow(settings.load(KafkaSettings.class).clientProperties(), Topics.PUBLICATIONS);
        pipeline = Pipeline.start(settings, service -> {});
        pipeline.awaitReady(PATIENCE);
    }

    @AfterEach
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {browser, publications, pipeline, bitbucket, git}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new AssertionError("stopping a part of the test", e);
            }
        }
    }

    @Test
    void aWorkspaceTokenLeadsFromAnEmptyInstallationToTheFirstComment() throws Exception {
        Page page = browser.page();
        signInForTheFirstTime();
        show("connectors-empty");
        click("Connect Bitbucket");
        show("bitbucket-empty");
        click("Add access key");
        show("access-key");
        click("Start setup");
        show("token-form");

        everyMistakeIsAnsweredOnTheForm();

        enter(WORKSPACE_TOKEN, bitbucket.address() + "/acme/workspace/overview/");
        assertThat(page.url()).endsWith("/review");
        assertThat(text()).contains("Workspace access token", "acme", "acme/shop", "Pull requests: Write", "Granted");
        show("token-review");
        press("Save");
        assertThat(text()).contains("Bitbucket is connected", "Health", "acme");
        assertThat(bitbucket.hooks())
                .singleElement()
                .satisfies(hook -> assertThat(hook.url().toString()).contains("/webhooks/bitbucket/"));

        aCommentFollows(repository);
        thePagesTellOfIt();
        theTokenIsReplaced();
        itIsPausedAndDisconnected();
        assertThat(tooWide).isEmpty();
    }

    @Test
    void aRepositoryTokenLeadsToTheFirstCommentToo() throws Exception {
        signInForTheFirstTime();
        open("/connectors/bitbucket/access-key/setup");
        enter(REPOSITORY_TOKEN, "globex");
        assertThat(alert()).contains("repository access token");
        enter("", bitbucket.address() + "/globex/store/src/main/");
        assertThat(text()).contains("Repository access token", "globex/store");
        show("token-review-repository");
        press("Save");
        assertThat(text()).contains("Bitbucket is connected");
        aCommentFollows(store);
        reload("/connectors", "globex");
        show("connectors-repository");
        bitbucket.revokeToken(AccessToken.ofRepository(
                new RepositoryName("globex", "store"), "Tailwater for store", REPOSITORY_TOKEN));
        reload("/pull-requests", "needs a new token");
        show("pull-requests-needs-token");
        assertThat(tooWide).isEmpty();
    }

    private void signInForTheFirstTime() {
        Page page = browser.page();
        String link = pipeline.gateway().console().oneTimeLink().orElseThrow().toString();
        open("/pull-requests");
        assertThat(page.url()).contains("/sign-in");
        show("sign-in-unset");
        page.navigate(link);
        show("welcome");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("too short");
        page.getByLabel("The same once more").fill("too short");
        page.evaluate("document.querySelector('form').noValidate = true");
        press("Set password and continue");
        assertThat(alert()).contains("12 characters");
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
        page.getByLabel("The same once more").fill(PASSWORD);
        press("Set password and continue");
        assertThat(page.url()).endsWith("/connectors");
        press("Sign out");
        page.navigate(link);
        assertThat(text()).contains("This link is not valid");
        open("/sign-in");
        page.getByLabel("Administrator password").fill("wrong password");
        press("Sign in");
        assertThat(alert()).contains("not the password");
        show("sign-in-wrong");
        page.getByLabel("Administrator password").fill(PASSWORD);
        press("Sign in");
        open("/connectors");
    }

    /** Nothing is saved, the workspace stays in its field, and no token comes back. */
    private void everyMistakeIsAnsweredOnTheForm() {
        enter("ATCTT3nosuchtoken", "acme");
        mistake("does not accept this token", "acme", "ATCTT3nosuchtoken");
        show("token-form-wrong-token");
        enter(POOR_TOKEN, "acme");
        mistake("lacks", "acme", POOR_TOKEN);
        show("token-form-missing-scopes");
        enter(WORKSPACE_TOKEN, "othercorp");
        mistake("cannot see a workspace", "othercorp", WORKSPACE_TOKEN);
        show("token-form-wrong-workspace");
        bitbucket.faults().next(50, "*", ".*", Fault.Answer.status(503));
        enter("", "acme");
        mistake("cannot be reached", "acme", WORKSPACE_TOKEN);
        show("token-form-unreachable");
        bitbucket.faults().clear();
        enter("", "acme");
        assertThat(browser.page().url()).endsWith("/review");
        assertThat(browser.everything()).doesNotContain(WORKSPACE_TOKEN);
        click("Back");
        assertThat(browser.page().getByLabel("Workspace ID").inputValue()).isEqualTo("acme");
    }

    private void mistake(String sentence, String workspace, String token) {
        assertThat(alert()).contains(sentence);
        assertThat(browser.page().getByLabel("Workspace ID").inputValue()).isEqualTo(workspace);
        assertThat(browser.page().getByLabel("API access token").inputValue()).isEmpty();
        assertThat(browser.everything()).doesNotContain(token);
        assertThat(bitbucket.hooks()).isEmpty();
    }

    private void aCommentFollows(HostedRepository in) throws Exception {
        PullRequest opened = bitbucket.openPullRequest(in, "Drop email <b>& more</b>", "", "drop-email", "main");
        String uuid = in.uuid();
        assertThat(publications.await(record -> record.key().repositoryUuid().equals(uuid), PATIENCE))
                .isPresent();
        assertThat(bitbucket.comments(opened))
                .singleElement()
                .satisfies(comment -> assertThat(comment.raw()).contains("dim_users"));
    }

    private void thePagesTellOfIt() throws Exception {
        reload("/pull-requests", "Comment stands");
        assertThat(text()).contains("Drop email <b>& more</b>", "Breaking", "acme/shop #1");
        show("pull-requests");
        open("/pull-requests?text=email&repository=acme%2Fshop&verdict=BREAKING");
        assertThat(text()).contains("1 pull request");
        open("/pull-requests?verdict=ADDITIVE");
        assertThat(text()).contains("Nothing matches");
        show("pull-requests-none");
        open("/pull-requests");
        click("Drop email <b>& more</b>");
        assertThat(text()).contains("Breaks", "dim_users", "models/dim_users.sql", "Could not be told");
        assertThat(browser.page().locator(".hops a").first().getAttribute("href"))
                .startsWith(bitbucket.address() + "/acme/shop/src/");
        show("report");
        open("/connectors");
        show("connectors");
        click("acme");
        reload(path(), "1 of 1");
        assertThat(text()).contains("Pull requests: Write").doesNotContain("not been looked at");
        show("connection");
        open("/dead-letters");
        assertThat(text()).contains("There are none");
        show("dead-letters");
        reload("/activity", "Connection: made");
        assertThat(text())
                .contains("Token: inspected", "administrator", "Refused")
                .doesNotContain(WORKSPACE_TOKEN);
        show("activity");
        open("/no-such-page");
        show("not-found");
    }

    private void theTokenIsReplaced() {
        open("/connectors");
        click("acme");
        click("Replace token");
        show("replace-token");
        browser.page().getByLabel("API access token").fill(POOR_TOKEN);
        press("Next");
        assertThat(alert()).contains("lacks");
        browser.page().getByLabel("API access token").fill(SECOND_TOKEN);
        press("Next");
        press("Save");
        assertThat(text()).contains("The new token is in use");
    }

    private void itIsPausedAndDisconnected() {
        press("Pause");
        assertThat(text()).contains("Paused.");
        reload(path(), "Resume");
        show("connection-paused");
        press("Resume");
        reload(path(), "Pause");
        press("Repair webhooks");
        click("Disconnect");
        show("disconnect");
        press("Disconnect");
        assertThat(text()).contains("Disconnected from acme");
        assertThat(bitbucket.hooks()).isEmpty();
    }

    private void enter(String token, String workspace) {
        Page page = browser.page();
        if (!token.isEmpty()) {
            page.getByLabel("API access token").fill(token);
        }
        page.getByLabel("Workspace ID").fill(workspace);
        press("Next");
    }

    private void open(String path) {
        browser.page().navigate(pipeline.gateway().console().console() + path);
    }

    private String path() {
        return browser.page()
                .url()
                .replace(pipeline.gateway().console().console().toString(), "");
    }

    /** Loads a page again until it says something, since it shows what has been read from Kafka so far. */
    private void reload(String path, String wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        open(path);
        while (!text().contains(wanted) && System.nanoTime() < end) {
            browser.page().waitForTimeout(200);
            open(path);
        }
        assertThat(text()).contains(wanted);
    }

    private void click(String link) {
        browser.page()
                .getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .first()
                .click();
    }

    private void press(String button) {
        browser.page()
                .getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .first()
                .click();
    }

    private String text() {
        return browser.page().locator("body").innerText();
    }

    private String alert() {
        return browser.page().getByRole(AriaRole.ALERT).first().innerText(new Locator.InnerTextOptions());
    }

    private void show(String name) {
        tooWide.addAll(browser.pictures(name));
    }
}
