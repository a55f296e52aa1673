package io.tailwater.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on this machine and makes the network between them fail on request. For
 * protocols whose clients keep to the address they were given: HTTP, Git; a Kafka client goes on to the address its
 * broker advertises.
 */
public final class FaultProxy implements AutoCloseable {

    private enum Mode {
        PASS,
        STALL,
        CUT
    }

    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private Mode mode = Mode.PASS;

    private FaultProxy(ServerSocket listening, InetSocketAddress target) {
        this.listening = listening;
        this.target = target;
    }

    /** A proxy on a free loopback port that passes everything to the port of this machine. */
    public static FaultProxy to(int port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, loopback), new InetSocketAddress(loopback, port));
            Thread.ofVirtual().name("fault-proxy-" + proxy.port()).start(proxy::acceptAll);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("opening a proxy to port " + port, e);
        }
    }

    /** Port to connect to, on loopback. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Resets every connection, now and until {@link #heal}. */
    public void cut() {
        setMode(Mode.CUT);
        open.forEach(FaultProxy::reset);
    }

    /** Keeps connections open and accepts new ones, but lets no byte through until {@link #heal}. */
    public void stall() {
        setMode(Mode.STALL);
    }

    /** Passes everything again, and what was held back by {@link #stall}. */
    public void heal() {
        setMode(Mode.PASS);
    }

    private void setMode(Mode wanted) {
        synchronized (changed) {
            mode = wanted;
            changed.notifyAll();
        }
    }

    private Mode mode() {
        synchronized (changed) {
            return mode;
        }
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                // Closed: the loop ends. Anything else concerns one client, which sees its connection fail.
            }
        }
    }

    private void serve(Socket client) {
        if (mode() == Mode.CUT) {
            reset(client);
            open.remove(client);
            return;
        }
        Socket server = new Socket();
        open.add(server);
        try {
            server.connect(target, 5_000);
            Thread back = Thread.ofVirtual().start(() -> pump(server, client));
            pump(client, server);
            back.join();
        } catch (IOException e) {
            reset(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset(client);
            reset(server);
            open.remove(client);
            open.remove(server);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[8_192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, count);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitPassage() throws InterruptedException, IOException {
        synchronized (changed) {
            while (mode == Mode.STALL) {
                changed.wait();
            }
            if (mode == Mode.CUT) {
                throw new IOException("cut");
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // Already gone, which is what was wanted.
        }
    }

    /** Resets every connection and accepts no more. */
    @Override
    public void close() {
        cut();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the proxy", e);
        }
    }
}
