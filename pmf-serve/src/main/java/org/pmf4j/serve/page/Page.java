package org.pmf4j.serve.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.pmf4j.serve.web.Endpoint;
import org.pmf4j.serve.web.Reply;
import org.pmf4j.serve.web.Route;

/** The routes of the page. Has no state: any thread may call it. */
public final class Page {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src blob:;"
          + " media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  /** The page, its script, its style, and the part of the script that records. */
  public static List<Route> routes() {
    return List.of(
        route("/", "index.html", "text/html; charset=utf-8"),
        route("/page.js", "page.js", "text/javascript; charset=utf-8"),
        route("/recorder.js", "recorder.js", "text/javascript; charset=utf-8"),
        route("/page.css", "page.css", "text/css; charset=utf-8"));
  }

  private static Route route(String path, String file, String type) {
    Reply reply = new Reply(200, type, read(file), Map.of("Content-Security-Policy", POLICY));
    return new Route("GET", path, Route.Kind.OPEN, Endpoint.now(call -> reply));
  }

  /** A file of this package. */
  static byte[] read(String file) {
    try (InputStream in = Page.class.getResourceAsStream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
