package io.tailwater.connector;

import io.tailwater.service.Secret;

/** Looks at access tokens by calls that change nothing. Safe for use by many threads; blocks for some calls to Bitbucket. */
public interface TokenInspector {

    /**
     * Looks at a token.
     *
     * @param token what was entered; blanks around it are dropped
     * @param workspace id of a workspace, "workspace/repository", or the address of one of its pages at Bitbucket
     * @return what was found; never throws for what a person entered or Bitbucket answered
     */
    TokenInspection inspect(Secret token, String workspace);
}
