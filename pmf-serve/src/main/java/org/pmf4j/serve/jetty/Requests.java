package org.pmf4j.serve.jetty;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.pmf4j.serve.web.AccessLog;
import org.pmf4j.serve.web.Bounds;
import org.pmf4j.serve.web.Call;
import org.pmf4j.serve.web.Guard;
import org.pmf4j.serve.web.Problem;
import org.pmf4j.serve.web.Problems;
import org.pmf4j.serve.web.Reply;
import org.pmf4j.serve.web.Route;
import org.pmf4j.serve.web.Router;

/**
 * Reads each request as it comes, without a thread, gives it to a worker once it is whole, and
 * writes the answer when it is there. Several threads use it at once.
 */
final class Requests extends Handler.Abstract.NonBlocking {
  private final Router router;
  private final Guard guard;
  private final Problems problems;
  private final AccessLog log;
  private final Bounds bounds;
  private final BodyMemory memory;
  private final Executor workers;

  Requests(
      Router router,
      Guard guard,
      Problems problems,
      AccessLog log,
      Bounds bounds,
      Executor workers) {
    this.router = router;
    this.guard = guard;
    this.problems = problems;
    this.log = log;
    this.bounds = bounds;
    this.memory = new BodyMemory(bounds.bodies());
    this.workers = workers;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Exchange exchange = new Exchange(request, response, callback, log);
    try {
      Map<String, String> headers = headers(request);
      Router.Match match = router.find(request.getMethod(), request.getHttpURI().getPath());
      exchange.of(match.route());
      guard.require(match.route().kind(), headers);
      requirePlain(headers);
      read(exchange, match, headers);
    } catch (RuntimeException e) {
      exchange.send(problems.of(e).reply());
    }
    return true;
  }

  private void read(Exchange exchange, Router.Match match, Map<String, String> headers) {
    long length = exchange.request().getLength();
    if (length > bounds.body()) {
      throw tooLarge();
    }
    long reserved = length < 0 ? bounds.body() : length;
    if (!memory.take(reserved)) {
      throw Problem.busy(
          "too many requests are being read already; try again", Duration.ofSeconds(1));
    }
    exchange.atEnd(() -> memory.giveBack(reserved));
    // One byte more than is allowed tells that there is more
    Content.Source.asByteArrayAsync(
        exchange.request(),
        bounds.body(),
        Promise.Invocable.from(
            Invocable.InvocationType.NON_BLOCKING,
            (body, e) -> answer(exchange, match, headers, body, e)));
  }

  private void answer(
      Exchange exchange,
      Router.Match match,
      Map<String, String> headers,
      byte[] body,
      Throwable failure) {
    if (failure != null) {
      boolean more =
          failure instanceof IllegalStateException
              || failure.getCause() instanceof IllegalStateException;
      exchange.send(more ? tooLarge().reply() : incomplete().reply());
      return;
    }
    exchange.received(body.length);
    Call call =
        new Call(
            exchange.request().getMethod(),
            match.places(),
            query(exchange.request()),
            headers,
            body,
            Form::read);
    if (match.route().kind() == Route.Kind.WORK) {
      try {
        workers.execute(() -> answer(exchange, match.route(), call));
      } catch (RejectedExecutionException e) {
        exchange.send(
            Problem.busy("too many requests wait already; try again", Duration.ofSeconds(1))
                .reply());
      }
    } else {
      answer(exchange, match.route(), call);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it answers
  private void answer(Exchange exchange, Route route, Call call) {
    try {
      CompletionStage<Reply> reply = route.endpoint().answer(call);
      CompletableFuture<Reply> within =
          reply
              .toCompletableFuture()
              .copy()
              .orTimeout(millis(bounds.request()), TimeUnit.MILLISECONDS);
      within.whenComplete(
          (answer, e) -> {
            if (e != null) {
              reply.toCompletableFuture().cancel(false);
            }
            exchange.send(e == null ? answer : problems.of(e).reply());
          });
    } catch (RuntimeException | Error e) {
      exchange.send(problems.of(e).reply());
    }
  }

  /** What is packed may be anything once it is unpacked. */
  private static void requirePlain(Map<String, String> headers) {
    String encoding = headers.getOrDefault("content-encoding", "identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new Problem(
          415, "Unsupported media type", "send the body as it is, without Content-Encoding", null);
    }
  }

  private static long millis(Duration duration) {
    return duration.toMillis();
  }

  private Problem tooLarge() {
    return Problem.tooLarge(
        String.format(Locale.ROOT, "the body is larger than %,d bytes", bounds.body()));
  }

  private static Problem incomplete() {
    return new Problem(408, "Request timeout", "the body ended early, or came too slowly", null);
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (HttpField field : request.getHeaders()) {
      headers.putIfAbsent(field.getLowerCaseName(), field.getValue());
    }
    // Of HTTP/1.0, or where the address has it
    if (!headers.containsKey(HttpHeader.HOST.lowerCaseName())) {
      headers.put(
          HttpHeader.HOST.lowerCaseName(), String.valueOf(request.getHttpURI().getAuthority()));
    }
    return headers;
  }

  private static Map<String, String> query(Request request) {
    Map<String, String> query = new LinkedHashMap<>();
    try {
      for (Fields.Field field : Request.extractQueryParameters(request)) {
        query.put(field.getName(), field.getValue());
      }
    } catch (RuntimeException e) {
      throw Problem.badRequest("the query cannot be read");
    }
    return query;
  }
}
