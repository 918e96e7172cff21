package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;

@DisplayName("What may be asked over HTTP")
class InterfaceTest {
  private static final String TEXT = "a big red shape, round";

  /** Rounding of single precision, by a batch's other rows. */
  private static final double ROUNDING = 1e-5;

  @TempDir private static Path folder;
  private static ServedModels served;
  private static Map<String, Double> both;

  @BeforeAll
  static void start() throws Exception {
    served = new ServedModels(folder.resolve("models"));
    Files.createDirectories(folder.resolve("files/below"));
    Files.write(folder.resolve("files/below/a.png"), ServedModels.picture());
    Files.writeString(folder.resolve("secret.txt"), "a big secret");
    served.start(o -> o.withFiles(Optional.of(folder.resolve("files"))));
    try (Classifier classifier = served.pmf().load(served.folder().resolve("a"))) {
      Prediction p =
          classifier.predict(
              Map.of(
                  "image", new Source.Bytes("a.png", ServedModels.picture()),
                  "text", new Source.Text(TEXT)));
      both = p.probabilities();
    }
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  @DisplayName("answers a form with a file as the classifier does")
  void answersForm() {
    answers(
        served.form(
            "models/a/predict",
            Map.of(
                "image;a.png",
                ServedModels.picture(),
                "text",
                TEXT.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  @DisplayName("answers JSON with base64, a data URL and a path that may be named")
  void answersJson() {
    String base64 = Base64.getEncoder().encodeToString(ServedModels.picture());
    for (String image :
        List.of(
            "\"" + base64 + "\"",
            "{\"base64\": \"" + base64 + "\"}",
            "{\"base64\": \"data:image/png;base64," + base64 + "\"}",
            "{\"path\": \"below/a.png\"}")) {
      answers(
          served.post(
              "models/a/predict", "{\"image\": " + image + ", \"text\": \"" + TEXT + "\"}"));
    }
  }

  private static void answers(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    Map<?, ?> probabilities = (Map<?, ?>) ServedModels.json(reply).get("probabilities");
    both.forEach(
        (label, p) ->
            assertThat(((Number) probabilities.get(label)).doubleValue())
                .isCloseTo(p, within(ROUNDING)));
    assertThat((List<?>) ServedModels.json(reply).get("missing")).isEmpty();
    assertThat((List<?>) ServedModels.json(reply).get("cut")).isEmpty();
  }

  @Test
  @DisplayName("tells where a text is longer than its encoder takes")
  void tellsWhatIsCut() {
    String tooLong = "{\"text\": \"" + "a shape ".repeat(200) + "\"}";
    Map<String, Object> reply =
        ServedModels.json(served.post("models/a/predict?without=true", tooLong));
    assertThat((List<?>) reply.get("cut")).asString().isEqualTo("[text]");
  }

  @Test
  @DisplayName("answers many records, with what each lacks, and with parts of the form")
  void answersMany() {
    HttpResponse<String> reply =
        served.post(
            "models/a/predict", "[{\"text\": \"a shape\"}, {\"text\": \"x\", \"image\": null}]");
    List<?> predictions = (List<?>) ServedModels.json(reply).get("predictions");
    assertThat(predictions).hasSize(2);
    assertThat((List<?>) ((Map<?, ?>) predictions.get(0)).get("missing"))
        .asString()
        .isEqualTo("[image]");
    String records = "[{\"image\": {\"part\": \"one\"}}, {\"text\": \"a shape\"}]";
    HttpResponse<String> form =
        served.form(
            "models/a/predict",
            Map.of(
                "one;b.png",
                ServedModels.picture(),
                "records",
                records.getBytes(StandardCharsets.UTF_8)));
    assertThat(form.statusCode()).as(form.body()).isEqualTo(200);
    assertThat((List<?>) ServedModels.json(form).get("predictions")).hasSize(2);
  }

  @Test
  @DisplayName("tells what would be said without each of what is there")
  void tellsWithout() {
    Map<String, Object> answer =
        ServedModels.json(
            served.post(
                "models/a/predict?without=true",
                "{\"image\": {\"path\": \"below/a.png\"}, \"text\": \"" + TEXT + "\"}"));
    Map<?, ?> without = (Map<?, ?>) answer.get("without");
    assertThat(without.keySet()).asString().isEqualTo("[image, text]");
    Map<String, Object> text =
        ServedModels.json(served.post("models/a/predict", "{\"text\": \"" + TEXT + "\"}"));
    assertThat(probability(without.get("image"))).isCloseTo(probability(text), within(ROUNDING));
  }

  private static double probability(Object answer) {
    Map<?, ?> probabilities = (Map<?, ?>) ((Map<?, ?>) answer).get("probabilities");
    return ((Number) probabilities.values().iterator().next()).doubleValue();
  }

  @ParameterizedTest(name = "refuses {0} with {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400; the body",
        "3; 400; the body: a record is a JSON object",
        "[]; 400; the list has no records",
        "{\"sound\": \"x\"}; 400; no modality 'sound'",
        "{}; 400; nothing is there of image, text",
        "{\"text\": {\"a\": 1}}; 400; text: give a text",
        "{\"text\": [1]}; 400; text: is no value of text",
        "{\"image\": \"@@@\"}; 400; image",
        "{\"image\": \"aGVsbG8=\"}; 400; image",
        "{\"image\": {\"path\": \"../secret.txt\"}}; 400; there is no file '../secret.txt' below",
        "{\"image\": {\"path\": \"/etc/passwd\"}}; 400; there is no file '/etc/passwd' below",
        "{\"image\": {\"path\": \"below/../../secret.txt\"}}; 400; there is no file",
        "{\"image\": {\"path\": \"below\"}}; 400; there is no file",
        "{\"image\": {\"part\": \"x\"}}; 400; the body is no form",
        "[{\"text\": \"x\"}, 1]; 400; record 2"
      })
  void refuses(String body, int status, String why) {
    HttpResponse<String> reply = served.post("models/a/predict", body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
    Map<String, Object> problem = ServedModels.json(reply);
    assertThat(problem).containsEntry("status", status);
    assertThat((String) problem.get("detail")).contains(why);
    assertThat(reply.body()).doesNotContain(folder.toString());
  }

  @Test
  @DisplayName("tells of other addresses and methods what there is")
  void tellsWhatThereIs() {
    assertThat(served.get("nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> get = served.get("models/a/predict");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(ServedModels.json(get)).containsEntry("detail", "this address takes POST");
    HttpResponse<String> none = served.post("models/zzz/predict", "{}");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("there are a, b");
    assertThat(served.get("models/..%2f..%2fetc/predict").statusCode()).isIn(400, 404, 405);
  }

  @Test
  @DisplayName("is described as it is: the same addresses, and replies that fit their schemas")
  void isDescribed() {
    Map<String, Object> document = ServedModels.json(served.get("openapi.json"));
    assertThat(document).containsEntry("openapi", "3.1.0");
    SchemaCheck check = new SchemaCheck(document);
    Map<String, String> bodies = new TreeMap<>();
    bodies.put("/models/{model}/predict", "[{\"text\": \"a shape\"}]");
    bodies.put(
        "/v2/models/{model}/infer",
        "{\"inputs\": [{\"name\": \"text\", \"datatype\": \"BYTES\", \"shape\": [1],"
            + " \"data\": [\"a shape\"]}]}");
    List<String> described = new ArrayList<>();
    ((Map<?, ?>) document.get("paths"))
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .forEach(
                        (method, operation) -> {
                          String name = ((String) method).toUpperCase(Locale.ROOT);
                          described.add(name + " " + path);
                          check(check, name, (String) path, (Map<?, ?>) operation, bodies);
                        }));
    List<String> routes =
        served.server().routes().stream()
            .filter(r -> !r.template().matches("/|/page.*|/recorder.js"))
            .map(r -> r.method() + " " + r.template())
            .toList();
    assertThat(described).containsExactlyInAnyOrderElementsOf(routes);
  }

  private static void check(
      SchemaCheck check,
      String method,
      String path,
      Map<?, ?> operation,
      Map<String, String> bodies) {
    String address = path.substring(1).replace("{model}", "b");
    HttpResponse<String> reply =
        method.equals("GET")
            ? served.get(address)
            : served.post(address, bodies.getOrDefault(path, ""));
    assertThat(reply.statusCode()).as("%s: %s", path, reply.body()).isEqualTo(200);
    Map<?, ?> content = (Map<?, ?>) in(operation, "responses", "200", "content");
    String type = reply.headers().firstValue("content-type").orElseThrow().split(";")[0];
    assertThat(content.containsKey(type)).as("%s: %s", path, type).isTrue();
    if (type.equals("application/json")) {
      Object value = Json.value(path, reply.body());
      assertThat(check.fault(path, (Map<?, ?>) in(content, type, "schema"), value)).isEmpty();
      HttpResponse<String> wrong =
          path.contains("{model}") ? send(method, address.replace("/b", "/zzz")) : null;
      if (wrong != null) {
        String status = Integer.toString(wrong.statusCode());
        Map<?, ?> described =
            (Map<?, ?>)
                in(operation, "responses", status, "content", "application/problem+json", "schema");
        assertThat(check.fault(path, described, ServedModels.json(wrong))).isEmpty();
      }
    }
    if (path.endsWith("/unload")) {
      assertThat(served.post(address.replace("unload", "load"), "").statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> send(String method, String address) {
    return method.equals("GET") ? served.get(address) : served.post(address, "{}");
  }

  private static Object in(Object value, String... names) {
    Object at = value;
    for (String name : names) {
      at = ((Map<?, ?>) at).get(name);
      assertThat(at).as(name).isNotNull();
    }
    return at;
  }

  @Test
  @DisplayName("speaks the Open Inference Protocol, in JSON and with binary data behind it")
  void speaksTheProtocol() {
    assertThat(served.get("v2/health/live").statusCode()).isEqualTo(200);
    assertThat(served.get("v2/health/ready").statusCode()).isEqualTo(200);
    assertThat(served.get("v2/models/a").body()).contains("\"BYTES\"", "probabilities");
    String head =
        "{\"id\":\"7\",\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[2,1],"
            + "\"data\":[[\""
            + TEXT
            + "\"],[\"\"]]},{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[2,1],"
            + "\"parameters\":{\"binary_data_size\":%d}}],\"outputs\":[{\"name\":\"label\"}]}";
    byte[] picture = ServedModels.picture();
    var data = new java.io.ByteArrayOutputStream();
    for (int i = 0; i < 2; i++) {
      data.writeBytes(
          java.nio.ByteBuffer.allocate(4)
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .putInt(picture.length)
              .array());
      data.writeBytes(picture);
    }
    byte[] json = String.format(Locale.ROOT, head, data.size()).getBytes(StandardCharsets.UTF_8);
    var body = new java.io.ByteArrayOutputStream();
    body.writeBytes(json);
    body.writeBytes(data.toByteArray());
    HttpResponse<String> reply =
        served.send(
            served
                .request("v2/models/a/infer")
                .header("Inference-Header-Content-Length", Integer.toString(json.length))
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).contains("\"id\":\"7\"", "\"name\":\"label\"", "\"shape\":[2]");
    assertThat(reply.body()).doesNotContain("logits");
  }

  @ParameterizedTest(name = "refuses tensors: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"inputs\": []}; key \"inputs\" is to be a list",
        "{\"inputs\": [3]}; an input is no JSON object",
        "{\"inputs\": [{\"name\":\"text\",\"datatype\":\"FP32\",\"shape\":[1],\"data\":[1]}]}; all inputs are BYTES",
        "{\"inputs\": [{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1,2],\"data\":[\"a\",\"b\"]}]}; shape is [rows]",
        "{\"inputs\": [{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[2000000000],\"data\":[\"a\"]}]}; has 1 elements",
        "{\"inputs\": [{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[7]}]}; an element is no text",
        "{\"inputs\": [{\"name\":\"x\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\"]}]}; the model has no input 'x'",
        "{\"inputs\": [{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"parameters\":{\"binary_data_size\":9}}]}; cut short"
      })
  void refusesTensors(String body, String why) {
    HttpResponse<String> reply = served.post("v2/models/a/infer", body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
    assertThat((String) ServedModels.json(reply).get("error")).contains(why);
  }
}
