package io.tailwater.launcher.command;

import io.tailwater.launcher.GatewayWithConsole;
import io.tailwater.pranalyzer.AnalyzerConfig;
import io.tailwater.pranalyzer.AnalyzerService;
import io.tailwater.publisher.PublisherConfig;
import io.tailwater.publisher.PublisherService;
import io.tailwater.service.Service;
import io.tailwater.service.Settings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one service until the process is asked to stop. */
public abstract sealed class ServiceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    /** Starts the service with its part of the settings. */
    abstract Service start(Settings settings);

    @Override
    public Integer call() {
        try (Shutdown shutdown = Shutdown.listen();
                Service service = start(configuration.read())) {
            announce(service, spec.commandLine().getOut());
            shutdown.await();
        }
        return ExitCode.PASSED;
    }

    /** Says that a service runs, and where. */
    static void announce(Service service, PrintWriter out) {
        service.address().ifPresent(address -> out.printf("%s listens at %s%n", service.name(), address));
        service.adminAddress()
                .ifPresent(address -> out.printf("%s answers for its health at %s%n", service.name(), address));
        if (service instanceof GatewayWithConsole gateway) {
            gateway.welcome().forEach(out::println);
        }
        out.flush();
    }

    /** Webhooks in. */
    @Command(name = "gateway", description = "Takes webhooks and writes them to Kafka; serves the console.")
    public static final class Gateway extends ServiceCommand {
        @Override
        Service start(Settings settings) {
            return GatewayWithConsole.start(settings);
        }
    }

    /** Analyses. */
    @Command(name = "analyzer", description = "Analyses pull requests; start as many as you like.")
    public static final class Analyzer extends ServiceCommand {
        @Override
        Service start(Settings settings) {
            return AnalyzerService.start(settings.load(AnalyzerConfig.class));
        }
    }

    /** Comments out. */
    @Command(name = "publisher", description = "Posts reports as comments; start as many as you like.")
    public static final class Publisher extends ServiceCommand {
        @Override
        Service start(Settings settings) {
            return PublisherService.start(settings.load(PublisherConfig.class));
        }
    }
}
