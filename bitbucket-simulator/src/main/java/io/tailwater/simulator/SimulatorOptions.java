package io.tailwater.simulator;

import io.tailwater.simulator.delivery.DeliveryRules;
import io.tailwater.simulator.git.GitRules;
import java.time.Clock;

/**
 * How the stand-in behaves.
 *
 * @param port port on 127.0.0.1, 0 for a free one
 * @param git what its Git server allows
 * @param delivery how webhooks are sent
 * @param requestsPerHour what each token may ask of {@code /2.0/repositories} in a rolling hour
 * @param maxCommentCharacters longer comments get the HTML 400; the limit of Cloud is not documented
 * @param clock source of times in answers
 */
public record SimulatorOptions(
        int port, GitRules git, DeliveryRules delivery, int requestsPerHour, int maxCommentCharacters, Clock clock) {

    /** A free port, a generous Git server, and Bitbucket's documented limits. */
    public static SimulatorOptions defaults() {
        return new SimulatorOptions(
                0, GitRules.generous(), DeliveryRules.documented(), 1000, 32_768, Clock.systemUTC());
    }

    /** The same on this port. */
    public SimulatorOptions withPort(int changed) {
        return new SimulatorOptions(changed, git, delivery, requestsPerHour, maxCommentCharacters, clock);
    }

    /** The same with other Git rules. */
    public SimulatorOptions withGit(GitRules changed) {
        return new SimulatorOptions(port, changed, delivery, requestsPerHour, maxCommentCharacters, clock);
    }

    /** The same with other delivery rules. */
    public SimulatorOptions withDelivery(DeliveryRules changed) {
        return new SimulatorOptions(port, git, changed, requestsPerHour, maxCommentCharacters, clock);
    }

    /** The same with another allowance of requests. */
    public SimulatorOptions withRequestsPerHour(int changed) {
        return new SimulatorOptions(port, git, delivery, changed, maxCommentCharacters, clock);
    }
}
