package org.pmf4j.hub.fetch;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;

/**
 * The body of an answer, part by part, each within a time: a stream of the JDK's would wait for
 * ever for a server that has fallen silent. One thread may read while the client's threads deliver.
 */
final class TimedBody implements HttpResponse.BodySubscriber<TimedBody>, AutoCloseable {
  private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();
  private CompletableFuture<List<ByteBuffer>> next = new CompletableFuture<>();

  @Override
  public CompletionStage<TimedBody> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.complete(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> part) {
    current().complete(part);
  }

  @Override
  public void onError(Throwable cause) {
    current().completeExceptionally(cause);
  }

  /** The end is a part with nothing in it; parts of the client's are never empty. */
  @Override
  public void onComplete() {
    current().complete(List.of());
  }

  private synchronized CompletableFuture<List<ByteBuffer>> current() {
    return next;
  }

  private synchronized void renew() {
    next = new CompletableFuture<>();
  }

  /**
   * The next part.
   *
   * @param address for messages
   * @return empty at the end
   * @throws Unreached if it does not come in time, or the connection was cut
   */
  List<ByteBuffer> next(URI address, Waits waits, Duration longest) throws Unreached {
    try {
      Optional<List<ByteBuffer>> part = waits.within(current(), longest);
      if (part.isEmpty()) {
        throw Unreached.late(address, longest.toSeconds());
      }
      if (!part.get().isEmpty()) {
        renew();
        source.join().request(1);
      }
      return part.get();
    } catch (ExecutionException e) {
      throw Unreached.cut(address, e.getCause());
    }
  }

  /** Ends the answer, wherever it is. */
  @Override
  public void close() {
    source.thenAccept(Flow.Subscription::cancel);
  }
}
