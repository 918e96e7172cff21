package org.pmf4j.hub.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a server does in place of its answer. */
@FunctionalInterface
public interface Fault {
  /** Answers, or fails to. */
  void answer(HttpExchange exchange) throws IOException;

  /** A status, with headers and no body. */
  static Fault status(int status, Map<String, String> headers) {
    return exchange -> {
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  /** A page for people. */
  static Fault page(int status) {
    return exchange -> {
      byte[] page = "<html><body>Please log in</body></html>".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(status, head ? -1 : page.length);
      if (!head) {
        exchange.getResponseBody().write(page);
      }
    };
  }

  /** A whole answer of these bytes. */
  static Fault bytes(byte[] content) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
      exchange.getResponseBody().write(content);
    };
  }

  /** The beginning of an answer, after which the connection is cut. */
  static Fault cut(byte[] content, int after) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, after);
      exchange.getResponseBody().flush();
      throw new IOException("cut");
    };
  }

  /** The beginning of an answer, after which nothing comes any more. */
  static Fault stall(byte[] content, int after) {
    return exchange -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, after);
      exchange.getResponseBody().flush();
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
