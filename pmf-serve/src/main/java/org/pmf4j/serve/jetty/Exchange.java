package org.pmf4j.serve.jetty;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.pmf4j.serve.web.AccessLog;
import org.pmf4j.serve.web.Reply;
import org.pmf4j.serve.web.Route;

/** A request that is answered once. Several threads may use it, one after the other. */
final class Exchange {
  /** Holds for every reply: nothing is framed, guessed or kept by whoever is between. */
  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer");

  private static final int CLIENT_GONE = 499;

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final AccessLog log;
  private final AtomicBoolean sent = new AtomicBoolean();
  private Runnable end = () -> {};
  private String route = "";
  private long received;

  Exchange(Request request, Response response, Callback callback, AccessLog log) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.log = log;
  }

  Request request() {
    return request;
  }

  void of(Route found) {
    route = found.template();
  }

  void received(long bytes) {
    received = bytes;
  }

  /** What is done once it is over. */
  void atEnd(Runnable last) {
    end = last;
  }

  /** Answers, unless that was done. */
  void send(Reply reply) {
    if (!sent.compareAndSet(false, true)) {
      return;
    }
    response.setStatus(reply.status());
    ALWAYS.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    boolean head = request.getMethod().equals("HEAD");
    ByteBuffer body = head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(reply.body());
    response.write(true, body, Callback.from(() -> over(reply, null), e -> over(reply, e)));
  }

  private void over(Reply reply, Throwable failure) {
    end.run();
    log.log(
        new AccessLog.Entry(
            Request.getRemoteAddr(request),
            request.getMethod(),
            route,
            failure == null ? reply.status() : CLIENT_GONE,
            received,
            failure == null ? reply.body().length : 0,
            System.nanoTime() - request.getBeginNanoTime()));
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }
}
