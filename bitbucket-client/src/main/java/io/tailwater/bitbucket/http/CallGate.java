package io.tailwater.bitbucket.http;

/**
 * Stands before every exchange and hears of every answer: for keeping within an allowance, and for what answers say of
 * the token. Called on the thread of the call, by many threads at once.
 */
public interface CallGate {

    /** Which of Bitbucket's hourly allowances a call counts against (Bitbucket documentation, "API request limits"). */
    enum Allowance {
        /** {@code /2.0/repositories} */
        REPOSITORIES,
        /** Webhooks, of whatever they are. */
        WEBHOOKS,
        /** Anything else. */
        OTHER
    }

    /**
     * A call is about to be made.
     *
     * @throws io.tailwater.bitbucket.model.BitbucketException.RateLimited to have it not made
     */
    void before(Allowance allowance);

    /** An answer has come, of whatever status; not called when none came. */
    void after(Allowance allowance, AnswerFacts facts);

    /** Lets everything through. */
    CallGate OPEN = new CallGate() {
        @Override
        public void before(Allowance allowance) {
            // nothing to keep to
        }

        @Override
        public void after(Allowance allowance, AnswerFacts facts) {
            // nobody asks
        }
    };
}
