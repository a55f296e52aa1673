package io.tailwater.console.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing in with an OpenID Connect provider: authorization code flow with PKCE, state and nonce. The provider is asked for its
 * addresses when it is first needed, so it may start later than we do.
 */
public final class OpenIdConnect {

    private static final Logger LOGGER = LoggerFactory.getLogger(OpenIdConnect.class);
    private static final int TIMEOUT_MILLISECONDS = 10_000;
    private static final int LARGEST_ANSWER = 512 * 1024;

    private final OpenIdSettings settings;
    private final Issuer issuer;
    private final ClientID client;
    private final Secret secret;
    private volatile @Nullable Provider provider;

    /** What is known of the provider. */
    private record Provider(OIDCProviderMetadata metadata, IDTokenValidator validator) {}

    /**
     * A sign-in under way; kept in the visit of who began it.
     *
     * @param address where the browser is sent
     * @param returnTo our address it comes back to
     */
    public record Started(URI address, URI returnTo, State state, Nonce nonce, CodeVerifier verifier) {}

    /**
     * A provider; it is not contacted yet.
     *
     * @param settings with an issuer
     */
    public OpenIdConnect(OpenIdSettings settings) {
        this.settings = settings;
        this.issuer = new Issuer(settings.issuer().orElseThrow());
        this.client = new ClientID(settings.clientId().orElseThrow());
        this.secret = new Secret(settings.clientSecret().orElseThrow().use(Function.identity()));
    }

    /**
     * Begins a sign-in.
     *
     * @param returnTo our address the provider sends the browser back to
     * @throws SignInRefused when the provider cannot be reached
     */
    public Started begin(URI returnTo) throws SignInRefused {
        State state = new State();
        Nonce nonce = new Nonce();
        CodeVerifier verifier = new CodeVerifier();
        URI address = new AuthenticationRequest.Builder(
                        new ResponseType(ResponseType.Value.CODE),
                        new Scope("openid", "email", "profile"),
                        client,
                        returnTo)
                .endpointURI(provider().metadata().getAuthorizationEndpointURI())
                .state(state)
                .nonce(nonce)
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        return new Started(address, returnTo, state, nonce, verifier);
    }

    /**
     * Ends a sign-in.
     *
     * @param started as begun by the same visit
     * @param answer address the browser came back to, with all its parameters
     * @return name of who signed in, for the audit record
     * @throws SignInRefused when the provider refused, the answer is not one to this sign-in, or the person may not enter
     */
    public String complete(Started started, URI answer) throws SignInRefused {
        try {
            AuthenticationResponse response = AuthenticationResponseParser.parse(answer);
            if (!started.state().equals(response.getState())) {
                throw new SignInRefused("This sign-in was not begun here, or too long ago. Please try again.");
            }
            if (!response.indicatesSuccess()) {
                throw new SignInRefused("The sign-in provider refused: "
                        + response.toErrorResponse().getErrorObject().getCode() + ". Please try again.");
            }
            return enter(started, response.toSuccessResponse().getAuthorizationCode());
        } catch (ParseException | IOException | BadJOSEException | JOSEException e) {
            LOGGER.atWarn().setCause(e).log("signing in with the provider went wrong");
            throw new SignInRefused(
                    "The sign-in provider did not answer as expected. Please try again; the log of the gateway says more.",
                    e);
        }
    }

    private String enter(Started started, AuthorizationCode code)
            throws SignInRefused, ParseException, IOException, BadJOSEException, JOSEException {
        Provider known = provider();
        TokenRequest request = new TokenRequest.Builder(
                        known.metadata().getTokenEndpointURI(),
                        new ClientSecretBasic(client, secret),
                        new AuthorizationCodeGrant(code, started.returnTo(), started.verifier()))
                .build();
        TokenResponse response =
                OIDCTokenResponseParser.parse(limited(request.toHTTPRequest()).send());
        if (!response.indicatesSuccess()) {
            throw new SignInRefused("The sign-in provider did not accept its own code: "
                    + response.toErrorResponse().getErrorObject().getCode() + ". Please try again.");
        }
        OIDCTokens tokens = (OIDCTokens) response.toSuccessResponse().getTokens();
        IDTokenClaimsSet claims = known.validator().validate(tokens.getIDToken(), started.nonce());
        String subject = claims.getSubject().getValue();
        Optional<String> email = verified(claims);
        if (email.isEmpty() && known.metadata().getUserInfoEndpointURI() != null) {
            email = verified(userInfo(known.metadata().getUserInfoEndpointURI(), tokens, subject));
        }
        if (!settings.mayEnter(email)) {
            throw new SignInRefused(email.map(address -> address + " may not use this installation.")
                            .orElse("The sign-in provider tells no verified e-mail address of you.")
                    + " Ask whoever runs it to add you to console.oidc.allowed.");
        }
        return email.orElse(subject);
    }

    private static ClaimsSet userInfo(URI endpoint, OIDCTokens tokens, String subject)
            throws SignInRefused, ParseException, IOException {
        UserInfoResponse response = UserInfoResponse.parse(
                limited(new UserInfoRequest(endpoint, tokens.getBearerAccessToken()).toHTTPRequest())
                        .send());
        UserInfo info =
                response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
        if (info == null || !info.getSubject().getValue().equals(subject)) {
            throw new SignInRefused("The sign-in provider does not tell who you are. Please try again.");
        }
        return info;
    }

    /** The e-mail address, unless the provider says that it is not verified. */
    private static Optional<String> verified(ClaimsSet claims) {
        String email = claims.getStringClaim("email");
        Boolean verified = claims.getBooleanClaim("email_verified");
        return email == null || email.isBlank() || Boolean.FALSE.equals(verified)
                ? Optional.empty()
                : Optional.of(email);
    }

    private static HTTPRequest limited(HTTPRequest request) {
        request.setConnectTimeout(TIMEOUT_MILLISECONDS);
        request.setReadTimeout(TIMEOUT_MILLISECONDS);
        request.setFollowRedirects(false);
        return request;
    }

    private Provider provider() throws SignInRefused {
        Provider known = provider;
        if (known != null) {
            return known;
        }
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.resolve(issuer, TIMEOUT_MILLISECONDS, TIMEOUT_MILLISECONDS);
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            metadata.getJWKSetURI().toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLISECONDS, TIMEOUT_MILLISECONDS, LARGEST_ANSWER))
                    .retrying(true)
                    .build();
            JWSAlgorithm algorithm = metadata.getIDTokenJWSAlgs() == null
                            || metadata.getIDTokenJWSAlgs().contains(JWSAlgorithm.RS256)
                    ? JWSAlgorithm.RS256
                    : metadata.getIDTokenJWSAlgs().stream()
                            .filter(JWSAlgorithm.Family.SIGNATURE::contains)
                            .findFirst()
                            .orElse(JWSAlgorithm.RS256);
            Provider found = new Provider(
                    metadata,
                    new IDTokenValidator(issuer, client, new JWSVerificationKeySelector<>(algorithm, keys), null));
            provider = found;
            return found;
        } catch (GeneralException | IOException e) {
            LOGGER.atWarn().setCause(e).log("the sign-in provider cannot be asked for its addresses");
            throw new SignInRefused(
                    "The sign-in provider " + issuer.getValue() + " cannot be reached. Please try again later.", e);
        }
    }
}
