package org.pmf4j.hub.fetch;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The body of an answer, part by part, each within a time: a stream of the JDK's would wait for
 * ever for a server that has fallen silent. One thread may read while the client's threads deliver.
 */
final class TimedBody implements HttpResponse.BodySubscriber<TimedBody>, AutoCloseable {
  private volatile Flow.Subscription source;
  private volatile boolean closed;
  private final BlockingQueue<CompletableFuture<List<ByteBuffer>>> arrived =
      new LinkedBlockingQueue<>();

  @Override
  public CompletionStage<TimedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    if (closed) {
      subscription.cancel();
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    arrived.add(CompletableFuture.completedFuture(part));
  }

  @Override
  public void onError(Throwable cause) {
    arrived.add(CompletableFuture.failedFuture(cause));
  }

  /** The end is a part with nothing in it; parts of the client's are never empty. */
  @Override
  public void onComplete() {
    arrived.add(CompletableFuture.completedFuture(List.of()));
  }

  /**
   * The next part.
   *
   * @param address for messages
   * @return empty at the end
   * @throws Unreached if it does not come in time, or the connection was cut
   */
  List<ByteBuffer> next(URI address, Waits waits, Duration longest) throws Unreached {
    Optional<CompletableFuture<List<ByteBuffer>>> part = waits.within(arrived, longest);
    if (part.isEmpty()) {
      throw Unreached.late(address, longest.toSeconds());
    }
    try {
      List<ByteBuffer> bytes = part.get().join();
      source.request(1);
      return bytes;
    } catch (CompletionException e) {
      throw Unreached.cut(address, e.getCause());
    }
  }

  /** Ends the answer, wherever it is. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription begun = source;
    if (begun != null) {
      begun.cancel();
    }
  }
}
