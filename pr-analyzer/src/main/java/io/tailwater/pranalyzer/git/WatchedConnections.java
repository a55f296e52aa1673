package io.tailwater.pranalyzer.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * HTTP connections of one fetch: go to the configured server only, count what comes in, and remember the last answer's
 * status, by which failures are classified. JGit's own exceptions tell the status only in their text.
 */
final class WatchedConnections implements HttpConnectionFactory {

    /** More bytes came than allowed; wrapped by JGit on its way up. */
    static final class TooManyBytes extends IOException {
        private static final long serialVersionUID = 1L;

        TooManyBytes(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final GitHost host;
    private final long limit;
    private long received;
    private int lastStatus;

    WatchedConnections(GitHost host, long limit) {
        this.host = host;
        this.limit = limit;
    }

    /** Status of the last answer, 0 when none came. */
    int lastStatus() {
        return lastStatus;
    }

    /** Bytes of bodies received so far. */
    long received() {
        return received;
    }

    /** Whether the byte limit was the reason for stopping. */
    boolean exceeded() {
        return received > limit;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        requireOurServer(url);
        return new Watched(url);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        requireOurServer(url);
        return proxy == null ? new Watched(url) : new Watched(url, proxy);
    }

    private void requireOurServer(URL url) throws IOException {
        if (!host.serves(URI.create(url.toString()))) {
            throw new IOException("a request would leave the configured Git server " + host.name());
        }
    }

    private final class Watched extends JDKHttpConnection {

        private Watched(URL url) throws IOException {
            super(url);
        }

        private Watched(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public int getResponseCode() throws IOException {
            lastStatus = super.getResponseCode();
            return lastStatus;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream());
        }
    }

    private final class Counted extends FilterInputStream {

        private Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int bytes) throws IOException {
            received += bytes;
            if (exceeded()) {
                throw new TooManyBytes(limit);
            }
        }
    }
}
