package org.pmf4j.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.pmf4j.api.json.Json;

/** A browser without a window, told what to do by its protocol for developers. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private int last;

  private Chromium(Process process, URI page) {
    this.process = process;
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(page, new Listener(messages))
            .join();
  }

  /** Where it is, if it is. */
  static Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(":"))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static Chromium open(Path program, Path profile) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--remote-debugging-port=0",
                "--remote-allow-origins=*",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    while (process.isAlive() && (!Files.exists(port) || Files.size(port) == 0)) {
      Thread.sleep(20);
    }
    String address = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
    while (true) {
      String pages =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString())
              .body();
      for (Object one : (List<?>) Json.value("pages", pages)) {
        if ("page".equals(((Map<?, ?>) one).get("type"))) {
          String page = (String) ((Map<?, ?>) one).get("webSocketDebuggerUrl");
          return new Chromium(process, URI.create(page));
        }
      }
      Thread.sleep(20);
    }
  }

  private record Listener(BlockingQueue<String> messages, StringBuilder text)
      implements WebSocket.Listener {
    Listener(BlockingQueue<String> messages) {
      this(messages, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
      text.append(data);
      if (whole) {
        messages.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  /** Sends a command and waits for its result. */
  Map<?, ?> send(String method, Map<String, ?> parameters) {
    last++;
    socket
        .sendText(Json.text(Map.of("id", last, "method", method, "params", parameters)), true)
        .join();
    try {
      while (true) {
        String message = messages.poll(3, TimeUnit.MINUTES);
        if (message == null) {
          throw new IllegalStateException("no answer to " + method);
        }
        Map<String, Object> read = Json.object("a message", message);
        if (Integer.valueOf(last).equals(read.get("id"))) {
          if (read.get("result") instanceof Map<?, ?> result) {
            return result;
          }
          throw new IllegalStateException(message);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  void go(String address) {
    send("Page.navigate", Map.of("url", address));
  }

  /** What an expression comes to. */
  Object value(String expression) {
    Map<?, ?> result =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (result.get("exceptionDetails") != null) {
      throw new IllegalStateException(expression + ": " + result);
    }
    return ((Map<?, ?>) result.get("result")).get("value");
  }

  /** Waits until an expression is true. */
  void until(String expression) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!Boolean.TRUE.equals(value(expression))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "never: " + expression + "; " + value("document.body.innerText"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // the browser needs the processor
    }
  }

  /** Gives a file to an input, as a person who chooses it. */
  void choose(String selector, Path file) {
    Map<?, ?> document = send("DOM.getDocument", Map.of());
    Object root = ((Map<?, ?>) document.get("root")).get("nodeId");
    Object node =
        send("DOM.querySelector", Map.of("nodeId", root, "selector", selector)).get("nodeId");
    send("DOM.setFileInputFiles", Map.of("nodeId", node, "files", List.of(file.toString())));
  }

  void key(String key, String text) {
    Map<String, Object> down = new java.util.LinkedHashMap<>();
    down.put("type", "keyDown");
    down.put("key", key);
    down.put("code", key);
    down.put("windowsVirtualKeyCode", key.equals("Tab") ? 9 : 13);
    if (!text.isEmpty()) {
      down.put("text", text);
    }
    send("Input.dispatchKeyEvent", down);
    send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key));
  }

  void type(String text) {
    send("Input.insertText", Map.of("text", text));
  }

  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(
            (String)
                send("Page.captureScreenshot", Map.of("captureBeyondViewport", true)).get("data"));
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
