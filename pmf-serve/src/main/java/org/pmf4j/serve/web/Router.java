package org.pmf4j.serve.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All that may be asked. Immutable, so that any number of threads may share it.
 *
 * @param routes tried in order
 */
public record Router(List<Route> routes) {
  /** Copies the list. */
  public Router {
    routes = List.copyOf(routes);
  }

  /**
   * A route that was found.
   *
   * @param route the route
   * @param places what stands at the names of its template
   */
  public record Match(Route route, Map<String, String> places) {}

  /**
   * Finds what is asked.
   *
   * @param path as it was sent, without the query
   * @throws Problem if there is no such path, or nothing of it by that method
   */
  public Match find(String method, String path) {
    List<String> segments = segments(path);
    TreeSet<String> others = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> places = route.match(segments);
      if (places.isPresent() && isOf(route, method)) {
        return new Match(route, places.get());
      }
      places.ifPresent(p -> others.add(route.method()));
    }
    if (others.isEmpty()) {
      throw Problem.notFound("there is nothing at this address; see /openapi.json");
    }
    throw new Problem(
        405, "Method not allowed", "this address takes " + String.join(", ", others), null);
  }

  private static boolean isOf(Route route, String method) {
    return route.method().equals(method) || method.equals("HEAD") && route.method().equals("GET");
  }

  /** Decoded once, so that what decodes to a slash is part of a name. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(path.startsWith("/") ? 1 : 0).split("/", -1)) {
      segments.add(decoded(raw));
    }
    return segments;
  }

  private static String decoded(String segment) {
    try {
      // A plus is a plus in a path
      return java.net.URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("the address has a % that is not followed by two digits");
    }
  }
}
