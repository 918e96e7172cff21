package org.pmf4j.hub.fetch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.pmf4j.hub.HubModel;

/**
 * The addresses of the hub's interface. Immutable, so that any number of threads may share it.
 *
 * @param endpoint where the hub is, without a slash at its end
 */
record HubAddresses(URI endpoint) {
  private static final String PLAIN = "_.-~";

  /** Of the list of a revision's files. */
  URI list(HubModel model) {
    return URI.create(
        endpoint + "/api/models/" + model.repo() + "/revision/" + quoted(model.revision(), ""));
  }

  /** Of a file at a revision. */
  URI file(HubModel model, String name) {
    return URI.create(
        endpoint
            + "/"
            + model.repo()
            + "/resolve/"
            + quoted(model.revision(), "")
            + "/"
            + quoted(name, "/"));
  }

  /** A text as a part of an address, as Python's {@code urllib.parse.quote} has it. */
  private static String quoted(String text, String also) {
    StringBuilder b = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (letter || PLAIN.indexOf(c) >= 0 || also.indexOf(c) >= 0) {
        b.append(c);
      } else {
        b.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return b.toString();
  }
}
