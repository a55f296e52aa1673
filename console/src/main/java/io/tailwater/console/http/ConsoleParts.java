package io.tailwater.console.http;

import io.tailwater.connector.ConnectorView;
import io.tailwater.console.activity.Activities;
import io.tailwater.console.connect.ConnectionDesk;
import io.tailwater.console.deadletter.DeadLetters;
import io.tailwater.console.model.ReadModel;
import io.tailwater.console.signin.Administrator;
import io.tailwater.console.signin.OpenIdConnect;
import io.tailwater.console.signin.Sessions;
import io.tailwater.console.signin.Throttle;
import io.tailwater.service.Secret;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What pages and API are made of.
 *
 * @param model the read model
 * @param desk does things with connections
 * @param view how connections do
 * @param deadLetters takes dead letters up again
 * @param activities the audit record
 * @param administrator signs in where there is no provider
 * @param openId the sign-in provider, empty for the administrator
 * @param sessions visits
 * @param throttle slows down guessing
 * @param apiKey key of the API, empty when it can be used by signed-in visits only
 * @param publicUrl address browsers use; empty for the one they ask with
 * @param bitbucketUrl address of Bitbucket's pages
 * @param clock tells the time
 */
public record ConsoleParts(
        ReadModel model,
        ConnectionDesk desk,
        ConnectorView view,
        DeadLetters deadLetters,
        Activities activities,
        Administrator administrator,
        Optional<OpenIdConnect> openId,
        Sessions sessions,
        Throttle throttle,
        Optional<Secret> apiKey,
        Optional<URI> publicUrl,
        URI bitbucketUrl,
        InstantSource clock) {}
