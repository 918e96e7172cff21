package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.serve.answer.InputLimits;
import org.pmf4j.serve.web.Bounds;

@DisplayName("A server among those who mean it no good")
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTest {
  private static final String TOKEN = "a-long-secret";
  private static final int BODY = 100_000;

  @TempDir private static Path folder;
  private static ServedModels served;

  @BeforeAll
  static void start() {
    served = new ServedModels(folder);
    served.start(
        o ->
            o.withLimits(new InputLimits(50_000, 1_000, 1_000_000, 5))
                .withBounds(
                    new Bounds(
                        BODY,
                        4L * BODY,
                        500,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(5))));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void reconnect() {
    served.reconnect();
  }

  @AfterEach
  void answersStill() {
    served.reconnect();
    HttpResponse<String> reply = served.post("models/a/predict", "{\"text\": \"a shape\"}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
  }

  @Test
  @DisplayName("refuses pages of other origins, and names that are not this machine's")
  void refusesOthers() throws IOException {
    for (String origin : List.of("https://evil.example", "null", "http://localhost:1")) {
      HttpResponse<String> reply =
          served.send(
              served
                  .request("models/a/predict")
                  .header("Origin", origin)
                  .POST(BodyPublishers.ofString("{}"))
                  .build());
      assertThat(reply.statusCode()).isEqualTo(403);
      assertThat(reply.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
    String own = served.server().address();
    HttpResponse<String> reply =
        served.send(
            served.request("models").header("Origin", own.substring(0, own.length() - 1)).build());
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(raw("GET /models HTTP/1.1\r\nHost: rebound.example\r\n\r\n")).contains(" 403 ");
    assertThat(raw("GET /models HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains(" 200 ");
    HttpResponse<String> options =
        served.send(
            served
                .request("models/a/predict")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://evil.example")
                .build());
    assertThat(options.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  @DisplayName("asks for its token, and opens no other host without one")
  void asksForToken() {
    ServedModels other = served;
    PmfServer guarded =
        PmfServer.start(
            other.pmf(),
            ServeOptions.of(new org.pmf4j.serve.model.ModelPlaces(Optional.of(folder), Map.of()))
                .withPort(0)
                .withToken(Optional.of(TOKEN)));
    try (guarded) {
      for (String path : List.of("models", "metrics", "v2", "v2/models/a")) {
        assertThat(status(guarded, path, null)).as(path).isEqualTo(401);
        assertThat(status(guarded, path, "Bearer wrong")).as(path).isEqualTo(401);
        assertThat(status(guarded, path, "Basic " + TOKEN)).as(path).isEqualTo(401);
        assertThat(status(guarded, path, "Bearer " + TOKEN)).as(path).isEqualTo(200);
      }
      for (String path : List.of("", "page.js", "v2/health/live", "v2/health/ready")) {
        assertThat(status(guarded, path, null)).as(path).isEqualTo(200);
      }
    }
    ServeOptions open =
        ServeOptions.of(new org.pmf4j.serve.model.ModelPlaces(Optional.of(folder), Map.of()))
            .withPort(0)
            .withHost("0.0.0.0");
    assertThatThrownBy(() -> PmfServer.start(other.pmf(), open))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("--token-file");
  }

  private static int status(PmfServer server, String path, String authorization) {
    var request = java.net.http.HttpRequest.newBuilder(URI.create(server.address() + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return served.send(request.build()).statusCode();
  }

  @Test
  @DisplayName("refuses bodies, texts, pictures and numbers of records that are too large")
  void refusesWhatIsTooLarge() {
    tooLarge("{\"text\": \"" + "x".repeat(BODY) + "\"}", "larger than 100,000 bytes");
    tooLarge("{\"text\": \"" + "x".repeat(2_000) + "\"}", "2,000 characters");
    String base64 = Base64.getEncoder().encodeToString(new byte[60_000]);
    tooLarge("{\"image\": \"" + base64 + "\"}", "50,000 bytes");
    tooLarge("[" + "{\"text\":\"x\"},".repeat(400) + "{\"text\":\"x\"}]", "401 records");
    HttpResponse<String> chunked =
        served.send(
            served
                .request("models/a/predict")
                .POST(
                    BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[BODY + 1])))
                .build());
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  private static void tooLarge(String body, String why) {
    HttpResponse<String> reply = served.post("models/a/predict", body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(413);
    assertThat(reply.body()).contains(why);
  }

  @Test
  @DisplayName("decodes no bomb: huge dimensions, and pixels that unpack without end")
  void decodesNoBomb() throws IOException {
    for (int[] size : new int[][] {{60_000, 60_000}, {1, 20_000_000}, {2_000_000_000, 1}}) {
      byte[] bomb = png(size[0], size[1]);
      HttpResponse<String> reply = served.form("models/a/predict", Map.of("image;b.png", bomb));
      assertThat(reply.statusCode()).as(reply.body()).isIn(400, 413);
    }
    HttpResponse<String> packed =
        served.send(
            served
                .request("models/a/predict")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(new byte[100]))
                .build());
    assertThat(packed.statusCode()).isEqualTo(415);
  }

  /** A picture whose header says a size, over pixels that are all zero. */
  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeInt(width);
    out.writeInt(height);
    out.write(new byte[] {8, 0, 0, 0, 0});
    chunk(all, "IHDR", header.toByteArray());
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(pixels)) {
      deflater.write(new byte[10_000_000]);
    }
    chunk(all, "IDAT", pixels.toByteArray());
    chunk(all, "IEND", new byte[0]);
    return all.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream all, String type, byte[] data)
      throws IOException {
    DataOutputStream out = new DataOutputStream(all);
    out.writeInt(data.length);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    out.write(name);
    out.write(data);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt((int) crc.getValue());
  }

  @Test
  @DisplayName("reads no JSON without end, and no form that is none")
  void readsNoBomb() {
    for (String body :
        List.of(
            "[".repeat(40_000),
            "{\"a\":".repeat(10_000),
            "{\"text\": \"" + "\\ud800" + "\", \"text\": \"x\"}",
            "{\"text\": 1" + "0".repeat(50_000) + "}",
            "\u0000")) {
      HttpResponse<String> reply = served.post("models/a/predict", body);
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
      assertThat(reply.body().length()).isLessThan(2_000);
    }
    for (String type :
        List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x".repeat(5_000))) {
      HttpResponse<String> reply =
          served.send(
              served
                  .request("models/a/predict")
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofString("--x\r\n\r\n"))
                  .build());
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    }
    HttpResponse<String> tricks =
        served.form(
            "models/a/predict", Map.of("image;../../../etc/pass<script>wd", new byte[] {1, 2, 3}));
    assertThat(tricks.statusCode()).isEqualTo(400);
    assertThat(tricks.body()).doesNotContain("/etc");
    HttpResponse<String> part =
        served.form("models/a/predict", Map.of("../../image", new byte[] {1}));
    assertThat(part.body()).contains("no modality");
  }

  @Test
  @DisplayName("answers garbage with a problem, or not at all, and no thread stays behind")
  void survivesGarbage() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the garbage: " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] garbage = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(garbage);
      raw(new String(garbage, StandardCharsets.ISO_8859_1));
    }
    assertThat(raw("GET /" + "x".repeat(50_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .contains(" 414 ");
    String headers = "X-Header: y\r\n".repeat(5_000);
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")).contains(" 431 ");
    String both = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n";
    assertThat(
            raw("POST /models/a/predict HTTP/1.1\r\nHost: localhost\r\n" + both + "\r\n0\r\n\r\n"))
        .contains(" 400 ");
  }

  /** What the server says, which may be before it has read all, until it closes. */
  private static String raw(String bytes) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (Socket socket = connect()) {
      socket.setSoTimeout(60_000);
      send(socket, bytes.getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0 && said.size() < 400; b = in.read()) {
        said.write(b);
      }
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // closed on us
    }
    return said.toString(StandardCharsets.ISO_8859_1);
  }

  private static void send(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
    } catch (IOException e) {
      // closed on us; what it said may be there
    }
  }

  private static Socket connect() throws IOException {
    URI address = URI.create(served.server().address());
    return new Socket(address.getHost(), address.getPort());
  }

  @Test
  @DisplayName("answers others while hundreds send slowly, half, or nothing, or go away")
  void isHeldByNobody() throws Exception {
    int before = Thread.activeCount();
    List<Socket> held = new ArrayList<>();
    String post =
        "POST /models/a/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n{";
    for (int i = 0; i < 100; i++) {
      Socket half = connect();
      half.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));
      Socket slow = connect();
      slow.getOutputStream().write("GET / HTT".getBytes(StandardCharsets.US_ASCII));
      held.addAll(List.of(half, slow, connect()));
      Socket gone = connect();
      String whole =
          post.replace("900", "19").substring(0, post.length() - 1) + "{\"text\": \"shape\"}  ";
      gone.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
      gone.setSoLinger(true, 0);
      gone.close();
    }
    served.reconnect();
    assertThat(served.post("models/a/predict", "{\"text\": \"a shape\"}").statusCode())
        .isEqualTo(200);
    for (Socket socket : held) {
      socket.setSoTimeout(60_000);
      try {
        assertThat(socket.getInputStream().readNBytes(2_000).length).isLessThan(2_000);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("timed out");
      }
      socket.close();
    }
    while (served.server().state().accepted() > 0) {
      Thread.sleep(10);
    }
    assertThat(Thread.activeCount()).isLessThan(before + 30);
  }
}
