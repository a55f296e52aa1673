package io.tailwater.connections;

import com.google.crypto.tink.Aead;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * A key in a key management service that wraps the sealing key, so that the sealing key itself stands nowhere in the clear. The
 * service is asked once at start. Credentials for it come from where its own library looks for them: environment, profile, the
 * machine's role.
 */
public final class WrappingKey {

    private static final String AWS = "aws-kms://";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final String arn;
    private final Region region;

    private WrappingKey(String arn, Region region) {
        this.arn = arn;
        this.region = region;
    }

    /**
     * The key of that address.
     *
     * @param uri {@code aws-kms://} and the key's ARN, as Tink writes it
     * @throws IllegalArgumentException when the address is of no service known here, or incomplete
     */
    public static WrappingKey at(String uri) {
        if (!uri.startsWith(AWS)) {
            throw new IllegalArgumentException("connections.key-uri is \"" + uri + "\"; it begins with " + AWS
                    + " and goes on with the ARN of the key");
        }
        String arn = uri.substring(AWS.length());
        Optional<String> region;
        try {
            Arn parsed = Arn.fromString(arn);
            region = parsed.service().equals("kms") ? parsed.region() : Optional.empty();
        } catch (IllegalArgumentException e) {
            region = Optional.empty();
        }
        return new WrappingKey(
                arn,
                region.map(Region::of)
                        .orElseThrow(() -> new IllegalArgumentException("connections.key-uri names no key: \"" + arn
                                + "\" is not like arn:aws:kms:REGION:ACCOUNT:key/ID")));
    }

    /** What wraps and unwraps; errors name the key and what the service said. */
    Aead aead() {
        return new Aead() {
            @Override
            public byte[] encrypt(byte[] plaintext, byte[] associatedData) {
                try (KmsClient service = client()) {
                    return service.encrypt(request -> request.keyId(arn)
                                    .plaintext(SdkBytes.fromByteArray(plaintext))
                                    .encryptionContext(context(associatedData)))
                            .ciphertextBlob()
                            .asByteArray();
                } catch (SdkException e) {
                    throw failed(e);
                }
            }

            @Override
            public byte[] decrypt(byte[] ciphertext, byte[] associatedData) {
                try (KmsClient service = client()) {
                    return service.decrypt(request -> request.keyId(arn)
                                    .ciphertextBlob(SdkBytes.fromByteArray(ciphertext))
                                    .encryptionContext(context(associatedData)))
                            .plaintext()
                            .asByteArray();
                } catch (SdkException e) {
                    throw failed(e);
                }
            }
        };
    }

    private KmsClient client() {
        return KmsClient.builder()
                .region(region)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(PATIENCE)
                        .socketTimeout(PATIENCE))
                .build();
    }

    /** As Tink's own clients name it, so that a keyset wrapped by its tools opens here. */
    private static Map<String, String> context(byte[] associatedData) {
        return associatedData.length == 0
                ? Map.of()
                : Map.of("associatedData", HexFormat.of().formatHex(associatedData));
    }

    private SealException failed(SdkException e) {
        return new SealException("the key management service did not open the sealing key with " + arn + ": "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    @Override
    public String toString() {
        return AWS + arn;
    }
}
