package io.tailwater.console.signin;

import io.tailwater.service.Secret;
import io.tailwater.service.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The OpenID Connect provider that people sign in with; nested in the console's configuration.
 *
 * @param issuer address of the provider; empty for the administrator's password instead
 * @param clientId our id at the provider
 * @param clientSecret our secret at the provider
 * @param allowed who may sign in
 */
public record OpenIdSettings(
        @Setting(
                key = "console.oidc.issuer",
                defaultValue = "",
                meaning =
                        "Address of the OpenID Connect provider that people sign in with; where none is set, there is one"
                                + " administrator whose password is set with a one-time link printed at the first start.")
        Optional<String> issuer,

        @Setting(key = "console.oidc.client-id", defaultValue = "", meaning = "Our id at that provider.")
        Optional<String> clientId,

        @Setting(
                key = "console.oidc.client-secret",
                defaultValue = "",
                meaning = "Our secret at that provider; meant for the environment.")
        Optional<Secret> clientSecret,

        @Setting(
                key = "console.oidc.allowed",
                defaultValue = "",
                meaning =
                        "Who may sign in with it: e-mail addresses and domains such as `@example.com`, comma-separated,"
                                + " or `*` for everyone the provider signs in.")
        Optional<String> allowed) {

    /** @throws IllegalArgumentException when an issuer is set without the rest */
    public OpenIdSettings {
        if (issuer.isPresent() && (clientId.isEmpty() || clientSecret.isEmpty() || allowed.isEmpty())) {
            throw new IllegalArgumentException(
                    "console.oidc.issuer needs console.oidc.client-id, console.oidc.client-secret and console.oidc.allowed");
        }
    }

    /** Whether someone with this address, empty when the provider tells none that is verified, may sign in. */
    boolean mayEnter(Optional<String> email) {
        List<String> rules = List.of(allowed.orElse("").split(","));
        return rules.stream().map(String::strip).filter(rule -> !rule.isEmpty()).anyMatch(rule -> {
            if (rule.equals("*")) {
                return true;
            }
            String address = email.orElse("");
            return rule.startsWith("@")
                    ? address.regionMatches(true, Math.max(0, address.length() - rule.length()), rule, 0, rule.length())
                            && address.indexOf('@') == address.length() - rule.length()
                    : !address.isEmpty() && address.equalsIgnoreCase(rule);
        });
    }
}
