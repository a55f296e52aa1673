package io.tailwater.simulator.rest;

import io.javalin.config.RoutesConfig;

/** A group of REST calls that registers its addresses. */
interface Calls {

    /** Start of every address about one repository. */
    String REPOSITORY = "/2.0/repositories/{workspace}/{slug}";

    /** Adds the calls. */
    void register(RoutesConfig routes);
}
