package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmf4j.hub.server.SampleModels.FIRST;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.hub.server.Fault;
import org.pmf4j.hub.server.HubFile;
import org.pmf4j.hub.server.HubRepo;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

@DisplayName("A model that cannot be fetched is told of in one line:")
class HubFailuresTest {
  @TempDir private Path folder;
  private TestHub hub;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    hub = TestHub.start();
    hub.repo("org/text").commit("main", FIRST, SampleModels.text());
    client = Client.of(hub, folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static boolean isList(HubRequest r) {
    return r.path().startsWith("/api/models/");
  }

  private static boolean isCdn(HubRequest r) {
    return r.server().equals("cdn");
  }

  private static boolean isHead(HubRequest r) {
    return r.method().equals("HEAD");
  }

  private void fails(String model, String message) {
    assertThatThrownBy(() -> client.fetch(model))
        .isInstanceOf(PmfException.class)
        .hasMessage(message);
  }

  private void failsAlike(String model, String part) {
    assertThatThrownBy(() -> client.fetch(model))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(part);
  }

  @Test
  @DisplayName("no such model, or one that is private")
  void noModel() {
    fails(
        "org/none",
        "org/none: there is no such model on "
            + hub.endpoint()
            + ", or it is private; look at the name, or give a token by HF_TOKEN");
    client = client.with("HF_TOKEN", TestHub.TOKEN);
    failsAlike("org/none", "or it is private and the token may not read it");
  }

  @Test
  @DisplayName("a model whose terms must be accepted")
  void gated() {
    hub.repo("org/text").access(HubRepo.Access.GATED);

    fails(
        "org/text",
        "org/text: its authors grant access: accept the terms on "
            + hub.endpoint()
            + "/org/text, then give a token by HF_TOKEN");
    client = client.with("HF_TOKEN", TestHub.TOKEN);
    failsAlike("org/text", "with the account of the token, and see that it may read it");
  }

  @Test
  @DisplayName("a token that the hub does not know, without the token")
  void wrongToken() {
    client = client.with("HF_TOKEN", "hf_expired");

    assertThatThrownBy(() -> client.fetch("org/text"))
        .hasMessageStartingWith("the hub does not know the token (HF_TOKEN,")
        .hasMessageNotContaining("hf_expired");
  }

  @Test
  @DisplayName("no such revision, and no such file")
  void notFound() {
    fails(
        "org/text@v9",
        "org/text: has no revision 'v9'; look at its branches and tags on "
            + hub.endpoint()
            + "/org/text");
    hub.fail(
        1, HubFailuresTest::isHead, Fault.status(404, Map.of("X-Error-Code", "EntryNotFound")));
    fails("org/text", "org/text@" + FIRST + ": has no file config.json");
  }

  @Test
  @DisplayName("a refusal of another kind, in the hub's words")
  void forbidden() {
    hub.fail(
        1,
        HubFailuresTest::isList,
        Fault.status(403, Map.of("X-Error-Message", "Access to this resource is disabled.")));

    fails(
        "org/text",
        "org/text: the hub refuses access (Access to this resource is disabled.); give a token by"
            + " HF_TOKEN");
  }

  @Test
  @DisplayName("a model without weights in a format that is read")
  void noWeights() {
    Map<String, HubFile> files = SampleModels.text();
    files.remove("model.safetensors");
    files.remove("pytorch_model.bin");
    hub.repo("org/onnx").commit("main", FIRST, files);

    failsAlike(
        "org/onnx",
        "org/onnx: has none of model.safetensors, model.safetensors.index.json, pytorch_model.bin,"
            + " pytorch_model.bin.index.json, and other weights are not read;");
    assertThat(client.folder().resolve("models--org--onnx")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "..\\\\x", "C:/x", "a//b", "./x"})
  @DisplayName("a list with a file that leads out of the model's folder")
  void traversal(String name) {
    Map<String, HubFile> files = new LinkedHashMap<>(SampleModels.text());
    files.put(name.replace("\\\\", "\\"), HubFile.small("x"));
    hub.repo("org/evil").commit("main", FIRST, files);

    failsAlike(
        "org/evil", "which would not stay in the model's folder; such a model is not fetched");
  }

  @Test
  @DisplayName("an index whose shards lead out of the model's folder")
  void traversalByIndex() {
    Map<String, HubFile> files = SampleModels.sharded();
    files.put(
        "model.safetensors.index.json",
        HubFile.small("{\"weight_map\": {\"a\": \"../../../x.safetensors\"}}"));
    hub.repo("org/evil").commit("main", FIRST, files);

    failsAlike("org/evil", "names as a shard ../../../x.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"sha\": \"../../x\", \"siblings\": []}", "[]", "{", "{\"sha\": 3}"})
  @DisplayName("a list that is none")
  void noList(String json) {
    hub.fail(1, HubFailuresTest::isList, Fault.bytes(json.getBytes(StandardCharsets.UTF_8)));

    failsAlike("org/text", "localhost: the list of org/text");
  }

  @Test
  @DisplayName("a web page where a list should be, or a file")
  void webPage() {
    hub.fail(1, HubFailuresTest::isList, Fault.page(200));
    fails(
        "org/text",
        "localhost: answers with a web page where the hub has a list; is this machine logged in to"
            + " its network, and HF_ENDPOINT right?");
    hub.fail(1, HubFailuresTest::isHead, Fault.page(200));
    failsAlike("org/text", "localhost: answers as no hub does (without X-Repo-Commit)");
    hub.fail(1, HubFailuresTest::isCdn, Fault.page(200));
    fails(
        "org/text",
        "127.0.0.1: sends 39 bytes for model.safetensors, not the 300,000 that the hub tells, but a"
            + " web page; is this machine logged in to its network?");
  }

  @Test
  @DisplayName("an answer without a hash, and one of another commit")
  void noHash() {
    hub.fail(1, HubFailuresTest::isHead, Fault.status(200, Map.of("X-Repo-Commit", FIRST)));
    failsAlike("org/text", "gives no hash of config.json, so that it cannot be checked");
    Map<String, String> path = Map.of("X-Repo-Commit", FIRST, "ETag", "\"../../x\"");
    hub.fail(1, HubFailuresTest::isHead, Fault.status(200, path));
    failsAlike("org/text", "gives no hash of config.json");
    hub.fail(1, HubFailuresTest::isHead, Fault.status(200, Map.of("X-Repo-Commit", "x")));
    failsAlike("org/text", "answers with the file of another commit");
  }

  @Test
  @DisplayName("content with another hash, which is removed")
  void wrongHash() throws IOException {
    byte[] damaged = SampleModels.text().get("model.safetensors").content();
    damaged[1000] ^= 1;
    hub.fail(1, HubFailuresTest::isCdn, Fault.bytes(damaged));

    failsAlike("org/text", "org/text: model.safetensors has arrived damaged: its SHA-256 is ");
    assertThat(client.layout().keySet()).noneMatch(name -> name.contains("incomplete"));

    hub.fail(
        1,
        r -> r.path().contains("resolve-cache") && r.method().equals("GET"),
        Fault.bytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\nrat\n".getBytes(StandardCharsets.UTF_8)));
    Files.delete(client.cache().snapshot("org/text", FIRST).resolve("vocab.txt").toRealPath());
    failsAlike("org/text", "org/text: vocab.txt has arrived damaged: its SHA-1 is ");
    assertThat(client.fetch("org/text").directory().resolve("vocab.txt")).content().contains("cat");
  }

  @Test
  @DisplayName("too many requests, once it was waited as long as was asked")
  void tooMany() {
    hub.fail(1, HubFailuresTest::isList, Fault.status(429, Map.of("Retry-After", "1")));
    client.fetch("org/text");
    assertThat(client.notes())
        .containsExactly("localhost: answers with error 429; next try in 1 seconds");

    Map<String, String> window = Map.of("RateLimit", "\"api\";r=0;t=1");
    hub.fail(1, HubFailuresTest::isList, Fault.status(429, window));
    client.fetch("org/text");
    assertThat(client.notes()).hasSize(2);

    hub.fail(1, HubFailuresTest::isList, Fault.status(429, Map.of("Retry-After", "3600")));
    fails(
        "org/text",
        "localhost: too many requests; try again in 3600 seconds, or give a token by HF_TOKEN");
  }

  @Test
  @DisplayName("a server in trouble, once it was asked again")
  void serverErrors() {
    hub.fail(2, HubFailuresTest::isList, Fault.status(503, Map.of()));
    hub.fail(1, HubFailuresTest::isHead, Fault.status(500, Map.of()));
    hub.fail(1, HubFailuresTest::isCdn, Fault.status(502, Map.of()));
    client.fetch("org/text");
    assertThat(client.notes()).hasSize(4);

    hub.fail(4, HubFailuresTest::isList, Fault.status(500, Map.of()));
    fails("org/text", "localhost: answers with error 500; try again later");
  }

  @Test
  @DisplayName("a machine that is not on the network")
  void noNetwork() {
    client = client.with("HF_ENDPOINT", "http://hub.invalid");
    fails(
        "org/text",
        "hub.invalid: no server of that name is found; is this machine on the network?");
    client = client.with("HF_ENDPOINT", "http://localhost:1");
    failsAlike("org/text", "localhost: no connection can be made");
  }

  @Test
  @DisplayName("a connection that cannot be made secure")
  void noTls() throws Exception {
    ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread speaking = new Thread(() -> answerPlainly(plain), "no-tls");
    speaking.start();
    try {
      client = client.with("HF_ENDPOINT", "https://localhost:" + plain.getLocalPort());
      fails(
          "org/text",
          "localhost: no secure connection can be made; if a proxy opens them, Java must trust its"
              + " certificate (JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE)");
    } finally {
      plain.close();
      speaking.join();
    }
  }

  private static void answerPlainly(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        byte[] words = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(words);
      } catch (IOException e) {
        return;
      }
    }
  }

  @Test
  @DisplayName("a server that falls silent")
  void silent() {
    // As long as no answer takes that is only slow
    client = client.with("HF_HUB_DOWNLOAD_TIMEOUT", "5");
    byte[] weights = SampleModels.text().get("model.safetensors").content();
    hub.fail(1, HubFailuresTest::isCdn, Fault.stall(weights, 1000));

    assertThat(client.fetch("org/text").directory().resolve("model.safetensors"))
        .hasBinaryContent(weights);
    assertThat(client.notes())
        .containsExactly("127.0.0.1: no answer for 5 seconds; going on with model.safetensors");
  }

  @Test
  @DisplayName("redirects without end, and one to what is no address")
  void redirects() {
    hub.fail(30, HubFailuresTest::isList, Fault.status(307, Map.of("Location", "/api/models/x")));
    fails("org/text", "localhost: leads from one address to the next without end");
    hub.forget();
  }

  @Test
  @DisplayName("a redirect to what is no address")
  void badRedirect() {
    hub.fail(
        1, HubFailuresTest::isList, Fault.status(302, Map.of("Location", "file:///etc/passwd")));

    fails("org/text", "localhost: leads to what is no address of the web");
  }

  @Test
  @DisplayName("a disk with too little space")
  void fullDisk() {
    Map<String, String> huge =
        Map.of(
            "X-Repo-Commit",
            FIRST,
            "X-Linked-Etag",
            "ab".repeat(32),
            "X-Linked-Size",
            "900000000000000000",
            "Location",
            hub.cdnEndpoint() + "/x");
    hub.fail(1, HubFailuresTest::isHead, Fault.status(302, huge));

    failsAlike("org/text", "config.json needs 900000000000.0 MB more, and the disk has ");
  }

  @Test
  @DisplayName("a cache that is a file")
  void noFolder() throws IOException {
    Files.writeString(folder.resolve("file"), "x");
    client = client.with("HF_HUB_CACHE", folder.resolve("file").toString());

    failsAlike("org/text", "the folder cannot be made");
  }

  @Test
  @DisplayName("a mirror that leads on to another origin is followed, without the token")
  void mirror() throws IOException {
    try (TestHub mirror = TestHub.start()) {
      for (String path : Stream.of("/api/models/", "/org/text/").toList()) {
        mirror.fail(
            100,
            r -> r.path().startsWith(path),
            exchange -> {
              String to = hub.endpoint() + exchange.getRequestURI();
              Fault.status(308, Map.of("Location", to)).answer(exchange);
            });
      }
      client = client.with("HF_ENDPOINT", mirror.endpoint()).with("HF_TOKEN", TestHub.TOKEN);

      assertThat(client.fetch("org/text").directory().resolve("model.safetensors")).exists();

      assertThat(mirror.requests()).allMatch(r -> r.header("Authorization").isPresent());
      assertThat(hub.requests()).isNotEmpty().noneMatch(r -> r.header("Authorization").isPresent());
    }
  }
}
