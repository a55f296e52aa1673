package io.tailwater.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorMainIT {

    @TempDir
    private Path folder;

    @Test
    void runsAsAProcessOfItsOwn() throws Exception {
        try (Git git = Git.init()
                .setDirectory(folder.toFile())
                .setInitialBranch("main")
                .call()) {
            git.commit().setMessage("Begin").setAllowEmpty(true).setSign(false).call();
            git.branchCreate().setName("feature/x").call();
        }
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--repository",
                "warehouse=" + folder,
                "--pull-request",
                "warehouse:feature/x:main");
        builder.environment().put(SimulatorMain.TOKEN_VARIABLE, "process-token");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = builder.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String page = nextAddress(lines);
            String base = nextAddress(lines);
            assertThat(page).isEqualTo(base + "/acme/warehouse/pull-requests/1");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(base + "/2.0/repositories/acme/warehouse/pullrequests"))
                                    .header("Authorization", "Bearer process-token")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("feature/x into main");
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesToStartWithoutAToken() {
        assertThat(new picocli.CommandLine(new SimulatorMain(java.util.Map.of()))
                        .execute("--repository", "warehouse=" + folder))
                .isEqualTo(picocli.CommandLine.ExitCode.USAGE);
    }

    private static String nextAddress(BufferedReader lines) throws java.io.IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("http://")) {
                return line;
            }
        }
        throw new AssertionError("the process ended without an address; expected one of " + List.of("page", "base"));
    }
}
