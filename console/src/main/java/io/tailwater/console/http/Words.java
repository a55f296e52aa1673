package io.tailwater.console.http;

import io.tailwater.schemas.connection.PermissionState;
import java.util.Locale;

/** Our constants as people say them. */
final class Words {

    private Words() {}

    /** Kind of a token. */
    static String ofScope(String scope) {
        return switch (scope) {
            case "WORKSPACE" -> "Workspace access token";
            case "PROJECT" -> "Project access token";
            case "REPOSITORY" -> "Repository access token";
            default -> scope;
        };
    }

    static Badge ofPermission(PermissionState state) {
        return switch (state) {
            case GRANTED -> new Badge("Granted", "good");
            case MISSING -> new Badge("Missing", "bad");
            case CANNOT_TELL -> new Badge("Cannot tell", "unknown");
        };
    }

    /** A constant such as COLUMN_REMOVED as "column removed". */
    static String ofConstant(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** An action of the audit record such as "connection.token-replaced" as "Connection: token replaced". */
    static String ofAction(String action) {
        String spaced = action.replace(".", ": ").replace('-', ' ');
        return spaced.isEmpty() ? "" : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
