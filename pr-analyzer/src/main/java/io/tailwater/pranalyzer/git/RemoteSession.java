package io.tailwater.pranalyzer.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Talks to the Git server: lists references and fetches, within limits; every failure leaves classified. */
final class RemoteSession {

    /** The server does not fetch in the way asked; another way may work. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What to fetch.
     *
     * @param specs what: ids, or branches with the reference to keep them under
     * @param depth commits of history, null for all
     * @param withoutBlobs whether file contents are left out
     * @param whole whether what comes must be complete, and is then checked to be
     */
    record Request(List<RefSpec> specs, @Nullable Integer depth, boolean withoutBlobs, boolean whole) {}

    private static final String USER = "x-token-auth";

    private final GitHost host;
    private final GitLimits limits;

    RemoteSession(GitHost host, GitLimits limits) {
        this.host = host;
        this.limits = limits;
    }

    /** The repository's branches, and HEAD as a symbolic reference where the server tells it. */
    Map<String, Ref> references(Repository local, RemoteRepository remote) throws GitException {
        WatchedConnections connections = new WatchedConnections(host, limits.packBytes());
        try (Transport transport = open(local, remote, connections);
                FetchConnection connection =
                        transport.openFetch(List.of(new RefSpec("refs/heads/*:refs/heads/*")), "HEAD")) {
            return connection.getRefsMap();
        } catch (NotSupportedException | TransportException e) {
            try {
                throw classify(remote, "Listing the branches of " + remote.fullName(), e, connections, false);
            } catch (Refused refused) {
                throw new GitException.Unavailable(
                        "Listing the branches of " + remote.fullName() + " is refused", refused);
            }
        }
    }

    /** Fetches; what came is in the local repository afterwards. */
    void fetch(Repository local, RemoteRepository remote, Request request) throws GitException, Refused {
        WatchedConnections connections = new WatchedConnections(host, limits.packBytes());
        Deadline deadline = new Deadline(System.nanoTime() + limits.fetch().toNanos());
        String what = "Fetching from " + remote.fullName();
        try (Transport transport = open(local, remote, connections)) {
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.setCheckFetchedObjects(request.whole());
            if (request.whole()) {
                transport.setObjectChecker(checker());
            }
            if (request.depth() != null) {
                transport.setDepth(request.depth());
            }
            if (request.withoutBlobs()) {
                transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
            }
            transport.fetch(deadline, request.specs());
        } catch (NotSupportedException | TransportException e) {
            throw classify(remote, what, e, connections, deadline.isCancelled());
        }
        if (deadline.isCancelled()) {
            throw tooSlow(what);
        }
    }

    /** Accepts what old tools wrote and does no harm to a reader: padded file modes, odd names of people. */
    static ObjectChecker checker() {
        return new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true);
    }

    private Transport open(Repository local, RemoteRepository remote, WatchedConnections connections)
            throws NotSupportedException, TransportException, GitException {
        URIish address;
        try {
            address = new URIish(host.repository(remote.fullName()).toURL());
        } catch (IllegalArgumentException | IOException e) {
            throw new GitException.NotFound("The name of a repository is none: its address cannot be built");
        }
        Transport transport = Transport.open(local, address);
        transport.setTimeout((int) Math.min(limits.stall().toSeconds(), Integer.MAX_VALUE));
        if (!(transport instanceof TransportHttp http)) {
            transport.close();
            throw new NotSupportedException("only HTTP is spoken");
        }
        http.setHttpConnectionFactory(connections);
        remote.token().use(token -> {
            http.setPreemptiveBasicAuthentication(USER, token);
            return token.length();
        });
        return transport;
    }

    private GitException classify(
            RemoteRepository remote, String what, Exception e, WatchedConnections connections, boolean late)
            throws Refused {
        int status = connections.lastStatus();
        if (connections.exceeded()) {
            return new GitException.TooLarge(what + ": more than " + limits.packBytes() + " bytes came");
        }
        if (late) {
            return tooSlow(what);
        }
        if (status == 401 || status == 403) {
            return new GitException.Unauthorized(
                    remote.fullName(), what + ": the token was refused (HTTP " + status + ")");
        }
        if (status == 404 || status == 410 || has(e, NoRemoteRepositoryException.class)) {
            return new GitException.NotFound(what + ": there is no such repository for this token");
        }
        if (status != 0 && status != 200) {
            return new GitException.Unavailable(what + ": HTTP " + status, e);
        }
        if (has(e, InterruptedIOException.class)
                || has(e, SocketException.class)
                || has(e, UnknownHostException.class)
                || has(e, SSLException.class)) {
            return new GitException.Unavailable(what + ": the server cannot be reached or fell silent", e);
        }
        if (has(e, CorruptObjectException.class)) {
            return new GitException.Corrupt(what + ": what the server sent is not valid", e);
        }
        if (has(e, RemoteRepositoryException.class) || has(e, PackProtocolException.class)) {
            throw new Refused(what + ": the server refused", e);
        }
        if (has(e, EOFException.class)) {
            return new GitException.Unavailable(what + ": the server's answer ended early", e);
        }
        return new GitException.Unavailable(what + " did not work", e);
    }

    private GitException tooSlow(String what) {
        return new GitException.TooLarge(
                what + ": not done after " + limits.fetch().toSeconds() + " seconds");
    }

    private static boolean has(@Nullable Throwable e, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable cause = e; cause != null && depth < 20; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
            depth++;
        }
        return false;
    }

    /** Asks JGit to stop when the time is up. */
    private static final class Deadline extends EmptyProgressMonitor {

        private final long end;

        private Deadline(long end) {
            this.end = end;
        }

        @Override
        public boolean isCancelled() {
            return System.nanoTime() - end > 0;
        }
    }
}
