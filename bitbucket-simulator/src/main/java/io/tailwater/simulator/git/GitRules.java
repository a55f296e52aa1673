package io.tailwater.simulator.git;

import org.eclipse.jgit.lib.Config;

/**
 * What the Git server allows; turned off one by one, they force clients onto their fallbacks.
 *
 * @param filters whether partial clones ({@code filter=blob:none}) are allowed
 * @param anyObject whether any object may be wanted by id, not only advertised tips
 * @param protocolTwo whether protocol version 2 is spoken when asked for
 */
public record GitRules(boolean filters, boolean anyObject, boolean protocolTwo) {

    /** Everything allowed. */
    public static GitRules generous() {
        return new GitRules(true, true, true);
    }

    /** Only advertised tips, no filters. */
    public static GitRules strict() {
        return new GitRules(false, false, true);
    }

    Config toConfig() {
        Config config = new Config();
        config.setBoolean("uploadpack", null, "allowFilter", filters);
        config.setBoolean("uploadpack", null, "allowAnySHA1InWant", anyObject);
        config.setBoolean("uploadpack", null, "allowTipSHA1InWant", true);
        return config;
    }
}
