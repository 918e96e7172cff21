package org.pmf4j.hub.fetch;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;

/**
 * What a server answered. For one thread at a time; who asked closes it.
 *
 * @param address that was asked last, after redirects
 * @param response status, headers and body
 */
record Answer(URI address, HttpResponse<TimedBody> response) implements AutoCloseable {
  private static final int REDIRECTS = 300;
  private static final int REFUSALS = 400;
  private static final int LARGEST = 64 << 20;
  private static final long MOST_SECONDS = Integer.MAX_VALUE;
  private static final Pattern WINDOW =
      Pattern.compile("\\br\\s*=\\s*0\\s*;\\s*t\\s*=\\s*(\\d{1,9})");

  int status() {
    return response.statusCode();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** A header that is a count of bytes; nothing where it is none. */
  OptionalLong count(String name) {
    String text = header(name).orElse("");
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  /**
   * How long the server asks to wait: by {@code Retry-After} in seconds, or by the hub's {@code
   * RateLimit}, which tells when the window ends that has nothing left.
   */
  Optional<Duration> retryAfter() {
    Matcher window = WINDOW.matcher(header("RateLimit").orElse(""));
    OptionalLong seconds =
        window.find() ? OptionalLong.of(Long.parseLong(window.group(1))) : count("Retry-After");
    return seconds.stream()
        .mapToObj(s -> Duration.ofSeconds(Math.min(s, MOST_SECONDS)))
        .findFirst();
  }

  boolean isRedirect() {
    return status() >= REDIRECTS && status() < REFUSALS && header("Location").isPresent();
  }

  boolean isRefusal() {
    return status() >= REFUSALS;
  }

  /** True for a page for people, such as a login page, where a file was asked for. */
  boolean isWebPage() {
    return header("Content-Type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/html");
  }

  /** The next part of the body; empty at its end. */
  List<ByteBuffer> next(Waits waits, Duration longest) throws Unreached {
    return response.body().next(address, waits, longest);
  }

  /** The whole body as a text in UTF-8. */
  String text(Waits waits, Duration longest) throws Unreached {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (List<ByteBuffer> part = next(waits, longest);
        !part.isEmpty();
        part = next(waits, longest)) {
      for (ByteBuffer b : part) {
        byte[] bytes = new byte[b.remaining()];
        b.get(bytes);
        all.writeBytes(bytes);
      }
      if (all.size() > LARGEST) {
        throw PmfException.input(address + ": the answer is larger than 64 MB, which no list is");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    response.body().close();
  }
}
