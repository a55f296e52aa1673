package io.tailwater.launcher;

import io.tailwater.console.ConsoleConfig;
import io.tailwater.console.ConsoleService;
import io.tailwater.console.connect.ConnectorAccess;
import io.tailwater.ingest.GatewayConfig;
import io.tailwater.ingest.GatewayService;
import io.tailwater.service.CheckResult;
import io.tailwater.service.Service;
import io.tailwater.service.Settings;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The gateway with the console on its admin listener. */
public final class GatewayWithConsole implements Service {

    /** Configuration records that it reads. */
    public static final List<Class<? extends Record>> CONFIGURATION = List.of(GatewayConfig.class, ConsoleConfig.class);

    private final GatewayService gateway;
    private final ConsoleService console;

    private GatewayWithConsole(GatewayService gateway, ConsoleService console) {
        this.gateway = gateway;
        this.console = console;
    }

    /** Starts both; see {@link GatewayService#start}. */
    public static GatewayWithConsole start(Settings settings) {
        settings.check(CONFIGURATION);
        ConsoleConfig config = settings.load(ConsoleConfig.class);
        AtomicReference<@Nullable ConsoleService> started = new AtomicReference<>();
        GatewayService gateway =
                GatewayService.start(settings.load(GatewayConfig.class), (host, port, checks, metrics, connector) -> {
                    ConsoleService console = ConsoleService.start(
                            config,
                            new ConnectorAccess(connector.inspector(), connector.lifecycle(), connector),
                            host,
                            port,
                            checks,
                            metrics);
                    started.set(console);
                    return console;
                });
        return new GatewayWithConsole(
                gateway, Objects.requireNonNull(started.get(), "the gateway started no admin listener"));
    }

    /** The console. */
    public ConsoleService console() {
        return console;
    }

    /** Where the console is opened, and the one-time link while no password is set, as lines for a terminal. */
    public List<String> welcome() {
        Optional<URI> link = console.oneTimeLink();
        return link.isPresent()
                ? List.of("Set up Tailwater at " + link.get() + " (this link works once)")
                : List.of("The console is at " + console.console());
    }

    @Override
    public String name() {
        return gateway.name();
    }

    @Override
    public CheckResult ready() {
        return gateway.ready();
    }

    @Override
    public Optional<URI> address() {
        return gateway.address();
    }

    @Override
    public Optional<URI> adminAddress() {
        return gateway.adminAddress();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
