package org.pmf4j.hub.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The samples on a hub of their own, for programs in other languages: prints its address, serves
 * until its standard input ends, and then prints the requests as JSON.
 */
public final class RecordedHub {
  private RecordedHub() {}

  /** Serves. */
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (TestHub hub = TestHub.start()) {
      hub.repo("org/text").commit("main", SampleModels.FIRST, SampleModels.text());
      out.println(hub.endpoint());
      System.in.transferTo(OutputStream.nullOutputStream());
      out.println(
          hub.requests().stream()
              .map(RecordedHub::json)
              .collect(Collectors.joining(",\n", "[\n", "\n]")));
    }
  }

  private static String json(HubRequest request) {
    String headers =
        List.of("Authorization", "Accept-Encoding", "Range").stream()
            .filter(name -> request.header(name).isPresent())
            .map(name -> "\"" + name + "\": \"" + request.header(name).get() + "\"")
            .collect(Collectors.joining(", ", "{", "}"));
    return "{\"line\": \"" + request.line() + "\", \"headers\": " + headers + "}";
  }
}
