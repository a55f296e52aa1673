package io.tailwater.bitbucket.http;

import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * What came back, before anything is made of it.
 *
 * @param uri where it came from, after redirects
 * @param status HTTP status
 * @param headers its headers
 * @param body its body, within the limit
 */
record Answer(URI uri, int status, HttpHeaders headers, byte[] body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
