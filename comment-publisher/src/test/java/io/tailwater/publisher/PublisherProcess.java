package io.tailwater.publisher;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A publisher as a process of its own, to be killed: brokers, registry, Bitbucket, key file, group. */
final class PublisherProcess {

    private PublisherProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (PublisherService service = PublisherService.start(PublisherWorld.config(
                arguments[0], arguments[1], URI.create(arguments[2]), Path.of(arguments[3]), arguments[4]))) {
            System.out.println("started " + service.name());
            new CountDownLatch(1).await();
        }
    }
}
