package org.pmf4j.serve.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.Quote;

/**
 * What is wrong with a request, or keeps it from being answered, as RFC 9457 tells it. Immutable,
 * so that any number of threads may share it.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String TYPE = "application/problem+json";

  private final int status;
  private final String title;
  private final Duration retryAfter;

  /**
   * A problem.
   *
   * @param title the same for all of its kind
   * @param detail one line, made safe to show
   * @param retryAfter when it may be gone, or null
   */
  public Problem(int status, String title, String detail, Duration retryAfter) {
    super(Quote.message(detail));
    this.status = status;
    this.title = title;
    this.retryAfter = retryAfter;
  }

  /** A request that cannot be understood, or asks for what cannot be computed. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "Bad request", detail, null);
  }

  /** A token that is missing or wrong. */
  public static Problem unauthorized() {
    return new Problem(
        401, "Unauthorized", "a token is needed: send 'Authorization: Bearer TOKEN'", null);
  }

  /** What this server does for nobody. */
  public static Problem forbidden(String detail) {
    return new Problem(403, "Forbidden", detail, null);
  }

  /** Nothing of that name. */
  public static Problem notFound(String detail) {
    return new Problem(404, "Not found", detail, null);
  }

  /** More than is taken. */
  public static Problem tooLarge(String detail) {
    return new Problem(413, "Too large", detail, null);
  }

  /** More requests than are taken at the moment. */
  public static Problem busy(String detail, Duration retryAfter) {
    return new Problem(429, "Too many requests", detail, retryAfter);
  }

  /** Not now. */
  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(503, "Unavailable", detail, retryAfter);
  }

  /** The status of the reply. */
  public int status() {
    return status;
  }

  /** When it may be gone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** As it is answered. */
  public Reply reply() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", "about:blank");
    fields.put("title", title);
    fields.put("status", status);
    fields.put("detail", getMessage());
    // Where clients of the Open Inference Protocol look for it
    fields.put("error", getMessage());
    Reply reply = Reply.json(status, TYPE, fields);
    if (status == 401) {
      reply = reply.with("WWW-Authenticate", "Bearer");
    }
    return retryAfter == null
        ? reply
        : reply.with(
            "Retry-After", Long.toString(Math.max(1, retryAfter.plusMillis(999).toSeconds())));
  }
}
