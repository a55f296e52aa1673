package io.tailwater.console.signin;

/** Signing in with the provider did not work; the message is for the person who tried. */
public final class SignInRefused extends Exception {

    private static final long serialVersionUID = 1L;

    SignInRefused(String sentence) {
        super(sentence);
    }

    SignInRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /** What went wrong and what to do, as sentences. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
