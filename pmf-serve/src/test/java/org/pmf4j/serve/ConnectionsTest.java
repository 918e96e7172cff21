package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.serve.jetty.Tls;
import org.pmf4j.serve.web.Bounds;

@DisplayName("Connections to a server")
class ConnectionsTest {
  private static final String PASSWORD = "a password of a test";
  private static final int IDLE = Integer.getInteger("serve.idle", 1_000);

  /** A silence that a test does not fall into by itself, where it has to wait for a processor. */
  private static final Duration PATIENT = Duration.ofSeconds(3);

  @TempDir private static Path folder;
  private static ServedModels served;

  @BeforeAll
  static void train() {
    served = new ServedModels(folder);
  }

  @AfterAll
  static void end() {
    served.close();
  }

  @Test
  @DisplayName("are safe with a key store, to who knows its certificate, and not without TLS")
  void safe() throws Exception {
    Path keys = keyStore();
    served.start(o -> o.withTls(Optional.of(new Tls(keys, PASSWORD))));
    try {
      String address = served.server().address();
      assertThat(address).startsWith("https://");
      URI asked = URI.create(address.replace("127.0.0.1", "localhost") + "models/a/predict");
      HttpResponse<String> reply =
          HttpClient.newBuilder()
              .sslContext(trusting(keys))
              .build()
              .send(post(asked), BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
      assertThatThrownBy(() -> served.send(post(asked))).hasCauseInstanceOf(SSLException.class);
      String plain = talk("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(plain).doesNotContain("200 OK", "<html");
    } finally {
      served.stop();
    }
  }

  @Test
  @DisplayName("are refused at start where the key store is none, or has another password")
  void brokenKeys() throws Exception {
    Path keys = keyStore();
    assertThatThrownBy(
            () -> served.start(o -> o.withTls(Optional.of(new Tls(keys, "another password")))))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("its password is another");
    Path text = Files.writeString(folder.resolve("keys.txt"), "no keys");
    assertThatThrownBy(() -> served.start(o -> o.withTls(Optional.of(new Tls(text, PASSWORD)))))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(text + ": is no key store");
  }

  @Test
  @DisplayName("may be many that are silent: others are answered, and the silent ones are closed")
  void silent() throws Exception {
    Bounds soon = bounds(IDLE + 100, Duration.ofSeconds(5));
    served.start(o -> o.withBounds(soon));
    List<Socket> silent = new ArrayList<>();
    try {
      int threads = Thread.activeCount();
      for (int i = 0; i < IDLE; i++) {
        silent.add(connect());
      }
      assertThat(served.post("models/a/predict", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
      assertThat(Thread.activeCount()).isLessThan(threads + 30);
      for (Socket socket : silent) {
        assertThat(socket.getInputStream().read()).as("closed by the server").isEqualTo(-1);
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
      served.stop();
    }
  }

  @Test
  @DisplayName("whose headers come letter by letter hold no thread")
  void dribble() throws Exception {
    served.start(o -> o);
    List<Socket> slow = new ArrayList<>();
    try {
      int threads = Thread.activeCount();
      for (int i = 0; i < 100; i++) {
        slow.add(connect());
      }
      for (byte letter : "GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII)) {
        for (Socket socket : slow) {
          socket.getOutputStream().write(letter);
        }
        assertThat(served.get("v2/health/ready").statusCode()).isEqualTo(200);
      }
      assertThat(Thread.activeCount()).isLessThan(threads + 30);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
      served.stop();
    }
  }

  @Test
  @DisplayName("whose headers come letter by letter are closed, though never silent")
  void deadline() throws Exception {
    served.start(o -> o.withBounds(bounds(10, PATIENT)));
    try (Socket socket = connect()) {
      // Fewer letters than headers may have, so that only the deadline can end it
      assertThatThrownBy(() -> dribble(socket, 10_000)).isInstanceOf(IOException.class);
      assertThat(served.get("v2/health/ready").statusCode()).isEqualTo(200);
    } finally {
      served.stop();
    }
  }

  private static void dribble(Socket socket, int letters) throws Exception {
    OutputStream out = socket.getOutputStream();
    out.write("GET / HTTP/1.1\r\nHost: localhost\r\nX: ".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < letters; i++) {
      out.write('a');
      Thread.sleep(20);
    }
  }

  @Test
  @DisplayName("whose body takes longer than a silence may last are answered while it comes")
  void slowBody() throws Exception {
    served.start(o -> o.withBounds(bounds(10, PATIENT)));
    // So much that it comes fast enough, however late a part is
    String body = "{\"text\": \"a shape\"" + " ".repeat(100_000) + "}";
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      String headers =
          "POST /models/a/predict HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      out.write(headers.getBytes(StandardCharsets.US_ASCII));
      byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
      int parts = 60;
      int part = bytes.length / parts + 1;
      for (int from = 0; from < bytes.length; from += part) {
        out.write(bytes, from, Math.min(part, bytes.length - from));
        Thread.sleep(2 * PATIENT.toMillis() / parts);
      }
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(reply).startsWith("HTTP/1.1 200");
    } finally {
      served.stop();
    }
  }

  private static Bounds bounds(int connections, Duration idle) {
    Bounds b = Bounds.STANDARD;
    return new Bounds(b.body(), b.bodies(), connections, idle, b.request(), b.stop());
  }

  private static HttpRequest post(URI address) {
    return HttpRequest.newBuilder(address)
        .POST(BodyPublishers.ofString("{\"text\": \"a shape\"}"))
        .build();
  }

  /** Made by Java's own tool, as the guide does it. */
  private static Path keyStore() throws Exception {
    Path keys = folder.resolve("keys.p12");
    if (!Files.exists(keys)) {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              "pmf",
              "-keyalg",
              "EC",
              "-dname",
              "CN=localhost",
              "-ext",
              "SAN=dns:localhost",
              "-storetype",
              "PKCS12",
              "-keystore",
              keys.toString(),
              "-storepass",
              PASSWORD);
      Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String told = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(tool.waitFor()).as(told).isZero();
    }
    return keys;
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore own = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("pmf", own.getCertificate("pmf"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String talk(String words) {
    try (Socket socket = connect();
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(5_000);
      out.write(words.getBytes(StandardCharsets.US_ASCII));
      return new String(in.readNBytes(400), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // closed on us
    }
  }

  private static Socket connect() throws IOException {
    URI address = URI.create(served.server().address());
    return new Socket(address.getHost(), address.getPort());
  }
}
