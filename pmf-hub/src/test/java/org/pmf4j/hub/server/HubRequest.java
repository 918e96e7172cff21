package org.pmf4j.hub.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Optional;

/**
 * A request as it arrived.
 *
 * @param server {@code hub} or {@code cdn}
 * @param method such as GET
 * @param path with the query
 * @param headers all of them
 */
public record HubRequest(String server, String method, String path, Headers headers) {

  static HubRequest of(String server, HttpExchange exchange) {
    Headers copy = new Headers();
    copy.putAll(exchange.getRequestHeaders());
    return new HubRequest(
        server, exchange.getRequestMethod(), exchange.getRequestURI().toString(), copy);
  }

  /** A header, if it was sent. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name));
  }

  /** Server, method and path without its query. */
  public String line() {
    return server + " " + method + " " + path.replaceFirst("\\?.*", "");
  }

  @Override
  public String toString() {
    return line();
  }
}
