package org.pmf4j.serve.answer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.pmf4j.serve.web.Reply;

/** {@code GET /openapi.json}. Has no state: any thread may call it. */
public final class OpenApi {
  private OpenApi() {}

  /** What may be asked, as OpenAPI 3.1 tells it. */
  public static Reply reply() {
    try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
      return new Reply(200, "application/json", in.readAllBytes(), Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
