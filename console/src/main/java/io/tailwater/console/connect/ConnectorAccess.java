package io.tailwater.console.connect;

import io.tailwater.connector.ConnectionLifecycle;
import io.tailwater.connector.ConnectorView;
import io.tailwater.connector.TokenInspector;

/**
 * What connects Bitbucket.
 *
 * @param inspector looks at tokens
 * @param lifecycle makes, changes and ends connections
 * @param view how connections do
 */
public record ConnectorAccess(TokenInspector inspector, ConnectionLifecycle lifecycle, ConnectorView view) {}
