package io.tailwater.launcher.command;

import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import io.tailwater.service.KafkaSettings;
import io.tailwater.service.Settings;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows or does what brings a cluster's topics to the declared ones. */
@Command(
        name = "topics",
        description = "Shows which topics are missing or differ; creates and adjusts them with --create.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every topic is as it should be", "1:something is left to do"})
public final class TopicsCommand implements Callable<Integer> {

    private static final short ONE_COPY = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--create", description = "Do it; without this, only show it.")
    private boolean create;

    @Option(
            names = "--partitions",
            defaultValue = "12",
            description = "Partitions of each topic (default: ${DEFAULT-VALUE}).")
    private int partitions = TopicPlan.Options.DEFAULT_PARTITIONS;

    @Option(
            names = "--replication-factor",
            defaultValue = "1",
            description = "Copies of each record (default: ${DEFAULT-VALUE}).")
    private short replicationFactor = ONE_COPY;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TopicPlan.Options options = new TopicPlan.Options(partitions, replicationFactor);
        try (Admin admin = admin(configuration.read())) {
            TopicCreator creator = new TopicCreator(admin);
            TopicPlan plan = creator.plan(options);
            out.print(plan.asText());
            if (create && !plan.isDone()) {
                creator.apply(plan);
                plan = creator.plan(options);
                out.println(plan.isDone() ? "Done." : "Left to do:\n" + plan.asText());
            }
            out.flush();
            return plan.isDone() ? ExitCode.PASSED : ExitCode.FOUND;
        }
    }

    /** Creates what is missing, one copy of each record: for a broker of our own. */
    public static void createMissing(Settings settings) {
        try (Admin admin = admin(settings)) {
            TopicCreator creator = new TopicCreator(admin);
            creator.apply(creator.plan(new TopicPlan.Options(TopicPlan.Options.DEFAULT_PARTITIONS, ONE_COPY)));
        }
    }

    private static Admin admin(Settings settings) {
        KafkaSettings kafka = settings.load(KafkaSettings.class);
        Map<String, Object> properties = kafka.clientProperties();
        properties.putIfAbsent("default.api.timeout.ms", 20_000);
        properties.putIfAbsent("request.timeout.ms", 10_000);
        return Admin.create(properties);
    }
}
