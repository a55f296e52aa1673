package io.tailwater.launcher.command;

import io.tailwater.launcher.ClusterTopics;
import io.tailwater.schemas.topic.TopicCreator;
import io.tailwater.schemas.topic.TopicPlan;
import java.io.PrintWriter;
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
    private short replicationFactor = 1;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TopicPlan.Options options = new TopicPlan.Options(partitions, replicationFactor);
        try (Admin admin = ClusterTopics.admin(configuration.read())) {
            TopicCreator creator = new TopicCreator(admin);
            TopicPlan plan = creator.plan(options);
            out.print(plan.asText());
            if (create) {
                creator.apply(plan);
                plan = creator.plan(options);
                out.println(plan.isDone() ? "Done." : "Left to do:\n" + plan.asText());
            }
            out.flush();
            return plan.isDone() ? ExitCode.PASSED : ExitCode.FOUND;
        }
    }
}
