package io.tailwater.launcher.command;

import io.tailwater.launcher.check.ComparisonFormat;
import io.tailwater.launcher.check.CoverageFormat;
import io.tailwater.launcher.check.CoverageJson;
import io.tailwater.launcher.check.CoverageText;
import io.tailwater.launcher.check.JsonFormat;
import io.tailwater.launcher.check.MarkdownFormat;
import io.tailwater.launcher.check.SarifFormat;
import io.tailwater.launcher.check.TextFormat;
import io.tailwater.pranalyzer.LocalRepositoryAnalysis;
import io.tailwater.pranalyzer.git.LocalRepository;
import io.tailwater.schemas.report.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The analysis of one local repository, without Kafka and without a network. */
@Command(
        name = "check",
        description = "Compares merge base and head of a local repository and says what the change does downstream.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:passed",
            "1:the verdict reached what --fail-on names",
            "2:wrong arguments, or a repository or revision that cannot be read (in time)"
        })
public final class CheckCommand implements Callable<Integer> {

    /** How the result is printed. */
    enum Format {
        text(new TextFormat()),
        markdown(new MarkdownFormat()),
        json(new JsonFormat()),
        sarif(new SarifFormat());

        private final ComparisonFormat writer;

        Format(ComparisonFormat writer) {
            this.writer = writer;
        }
    }

    /** The mildest verdict that ends in exit code 1. */
    enum FailOn {
        breaking,
        behavioural,
        never;

        boolean failsAt(Verdict verdict) {
            return switch (this) {
                case breaking -> verdict == Verdict.BREAKING;
                case behavioural -> verdict == Verdict.BREAKING || verdict == Verdict.BEHAVIOURAL;
                case never -> false;
            };
        }
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Work tree or bare repository (default: the current folder).")
    private Path repository = Path.of(".");

    @Option(
            names = "--base",
            paramLabel = "REV",
            description = "Where the change is to go (default: origin's default branch, else main or master).")
    private @Nullable String base;

    @Option(
            names = "--head",
            paramLabel = "REV",
            defaultValue = "HEAD",
            description = "What is proposed (default: ${DEFAULT-VALUE}).")
    private String head = "HEAD";

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(
            names = "--fail-on",
            defaultValue = "breaking",
            description = "Exit code 1 from this verdict on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private FailOn failOn = FailOn.breaking;

    @Option(
            names = "--time-limit",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "Most time for reading one side (default: ${DEFAULT-VALUE}); exit code 2 when it is over.")
    private int timeLimit = 900;

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Option(
            names = "--coverage",
            description =
                    "Compares nothing: counts how much of --head is understood, by kind, and why the rest is not.")
    private boolean coverage;

    @Override
    public Integer call() throws LocalRepository.Unreadable {
        if (coverage) {
            return printCoverage();
        }
        LocalRepositoryAnalysis.Result result =
                analysis().analyse(repository, Optional.ofNullable(base), head, LocalDate.now(ZoneOffset.UTC));
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.writer.format(result.repository(), result.comparison()));
        out.flush();
        return failOn.failsAt(result.comparison().getVerdict()) ? ExitCode.FOUND : ExitCode.PASSED;
    }

    private LocalRepositoryAnalysis analysis() {
        if (timeLimit < 1) {
            throw new UserError("--time-limit is at least one second, not " + timeLimit);
        }
        return new LocalRepositoryAnalysis(
                cache.open(System.getenv(), Clock.systemUTC()), Duration.ofSeconds(timeLimit));
    }

    private int printCoverage() throws LocalRepository.Unreadable {
        if (base != null) {
            throw new UserError("--coverage looks at one revision, --head; leave --base out");
        }
        CoverageFormat writer = switch (format) {
            case text -> new CoverageText();
            case json -> new CoverageJson();
            case markdown, sarif -> throw new UserError("--coverage prints text or json, not " + format);
        };
        PrintWriter out = spec.commandLine().getOut();
        out.print(writer.format(analysis().coverage(repository, head)));
        out.flush();
        return ExitCode.PASSED;
    }
}
