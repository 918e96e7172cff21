package org.pmf4j.serve.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be asked. Immutable, so that any number of threads may share it.
 *
 * @param method such as {@code GET}
 * @param template a path in which {@code {name}} stands for one name between slashes
 * @param kind what it takes to answer
 * @param endpoint answers
 */
public record Route(String method, String template, Kind kind, Endpoint endpoint) {
  /** What it takes to answer. */
  public enum Kind {
    /** Nothing: anybody may ask, and it is answered at once. */
    OPEN,
    /** The token, where there is one; answered at once. */
    QUICK,
    /** The token, where there is one, and time: a worker is given to it. */
    WORK
  }

  /**
   * What stands at the names of the template.
   *
   * @param path segments, decoded
   * @return empty if the path is another
   */
  Optional<Map<String, String>> match(List<String> path) {
    List<String> parts = List.of(template.substring(1).split("/", -1));
    if (parts.size() != path.size()) {
      return Optional.empty();
    }
    Map<String, String> places = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        places.put(part.substring(1, part.length() - 1), path.get(i));
      } else if (!part.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(places);
  }
}
