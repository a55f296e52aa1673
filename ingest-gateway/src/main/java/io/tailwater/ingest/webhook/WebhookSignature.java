package io.tailwater.ingest.webhook;

import io.tailwater.service.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Bitbucket's signature of a delivery: {@code X-Hub-Signature: sha256=} and the hexadecimal HMAC-SHA256 of the raw body.
 * GitHub's header of the same name is SHA-1, so the method is read and any other refused.
 */
public final class WebhookSignature {

    private static final String METHOD = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int HEX_DIGITS = 64;

    private WebhookSignature() {}

    /** What a check found. */
    public enum Result {
        /** Made from this body with this secret. */
        RIGHT,
        /** Made otherwise, or not readable. */
        WRONG,
        /** By another method. */
        METHOD_UNKNOWN
    }

    /**
     * Checks a signature, taking the same time wherever it differs.
     *
     * @param header value of {@code X-Hub-Signature}
     * @param body bytes as received
     */
    public static Result check(String header, byte[] body, Secret secret) {
        if (!header.startsWith(METHOD)) {
            return Result.METHOD_UNKNOWN;
        }
        String hex = header.substring(METHOD.length());
        if (hex.length() != HEX_DIGITS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return Result.WRONG;
        }
        boolean same = MessageDigest.isEqual(HexFormat.of().parseHex(hex), hmac(body, secret));
        return same ? Result.RIGHT : Result.WRONG;
    }

    private static byte[] hmac(byte[] body, Secret secret) {
        byte[] key = secret.use(text -> text.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
