package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Int8Layers;
import org.pmf4j.core.pool.ModelPool;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.CacheJob;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.serve.PmfServer;
import org.pmf4j.serve.ServeOptions;
import org.pmf4j.serve.model.ModelPlaces;

@DisplayName("8-bit integers in encoding, caches and serving")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegersInUseTest {
  /** Of states of size 1 to 4; 0.02 was measured, by weights of 7 bits and inputs of 8. */
  private static final float OFF = 0.2f;

  /** Single precision, in batches of other sizes. */
  private static final float ROUNDING = 1e-4f;

  private static final Map<String, Source> TEXT =
      Map.of("text", new Source.Text("a big red shape"));

  private Path models;
  private Pmf ort;

  @TempDir private Path folder;

  @BeforeAll
  void train(@TempDir Path shared) {
    models = shared.resolve("models");
    Outcome.of(FixtureSamples.train(models.resolve("a"), "--epochs", 1)).succeeded();
    ort = Pmf.open("ort", BackendOptions.DEFAULT);
  }

  @AfterAll
  void close() {
    ort.close();
  }

  private static Outcome encode(Path out, Object... more) {
    Object[] words = {
      "encode", "--encoder", FixtureSamples.TEXT_ENCODER, "--data", FixtureSamples.TABLE,
    };
    return Outcome.of(
        FixtureSamples.with(
            words, FixtureSamples.with(new Object[] {"--column", "text", "--out", out}, more)));
  }

  private static float[] pooled(Path states) {
    try (SafetensorsFile file = SafetensorsFile.open(states)) {
      return file.tensor("pooled").floats();
    }
  }

  @Test
  @DisplayName("encoded states are near those of single precision, and others")
  void encodes() {
    Path whole = folder.resolve("fp32.safetensors");
    Path integers = folder.resolve("int8.safetensors");
    encode(whole, "--backend", "ort").succeeded();
    encode(integers, "--backend", "ort", "--precision", "int8").succeeded();
    assertThat(pooled(integers))
        .isNotEqualTo(pooled(whole))
        .containsExactly(pooled(whole), within(OFF));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"djl", "tf"})
  @DisplayName("backends that have none say so in one line")
  void refused(String backend) {
    Path out = folder.resolve("out");
    encode(out, "--backend", backend, "--precision", "int8")
        .wasRefused(backend, "no 8-bit integers", "--backend ort");
    Outcome.of(
            "serve", "--backend", backend, "--models", models, "--port", 0, "--precision", "int8")
        .wasRefused(backend, "no 8-bit integers", "--backend ort");
    assertThat(out).doesNotExist();
  }

  @Test
  @DisplayName("a cache filled in integers is not taken for one of single precision")
  void caches() {
    CacheJob.Filled whole = fill(MatrixPrecision.FLOAT32);
    CacheJob.Filled integers = fill(MatrixPrecision.INT8);
    CacheJob.Filled again = fill(MatrixPrecision.FLOAT32);
    assertThat(again.bytes()).isEqualTo(whole.bytes());
    assertThat(integers.bytes().keySet())
        .hasSize(2)
        .doesNotContainAnyElementsOf(whole.bytes().keySet())
        .allSatisfy(path -> assertThat(path.getFileName().toString()).contains("-int8"));
  }

  private CacheJob.Filled fill(MatrixPrecision precision) {
    CacheConfig cache =
        new CacheConfig(Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32);
    return ort.fillCache(
        TrainConfig.builder()
            .data(FixtureSamples.TABLE)
            .encoder("image", FixtureSamples.IMAGE_ENCODER)
            .encoder("text", FixtureSamples.TEXT_ENCODER)
            .out(folder.resolve("none"))
            .precision(precision)
            .cache(cache)
            .build(),
        Progress.SILENT);
  }

  @Test
  @DisplayName("a server answers in integers what 'pmf predict' does")
  void serves() throws Exception {
    ServeOptions options =
        ServeOptions.of(new ModelPlaces(Optional.of(models), Map.of()))
            .withPort(0)
            .withPool(PoolOptions.standard().withPrecision(MatrixPrecision.INT8));
    try (PmfServer server = PmfServer.start(ort, options)) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.address() + "models/a/predict"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"text\": \"a big red shape\"}"))
              .build();
      String reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      Map<?, ?> found = (Map<?, ?>) Json.object("the reply", reply).get("probabilities");
      assertThat(probability(found.get("circle")))
          .isCloseTo(predicted(MatrixPrecision.INT8), within((double) ROUNDING))
          .isNotCloseTo(predicted(MatrixPrecision.FLOAT32), within((double) ROUNDING));
    }
  }

  private static double probability(Object number) {
    return ((Number) number).doubleValue();
  }

  private double predicted(MatrixPrecision precision) {
    try (Classifier model = ort.saved(models.resolve("a"), Map.of()).in(precision).load()) {
      return model.predict(TEXT).probabilities().get("circle");
    }
  }

  @Test
  @DisplayName("models that keep other layers in single precision share no trunk outputs")
  void poolsApart() throws IOException {
    // As deep as the first, since a model names its encoders by the way to them
    Path other = FixtureSamples.copy(models.resolve("a"), models.resolveSibling("others/b"));
    keepInFloat(other, "encoder.layer.0.attention.self.query.weight");
    PoolOptions integers = PoolOptions.standard().withPrecision(MatrixPrecision.INT8);
    float[] alone;
    try (ModelPool pool = ort.pool(integers)) {
      pool.load("b", other);
      alone = pool.predict("b", TEXT).logits();
    }
    try (ModelPool pool = ort.pool(integers)) {
      pool.load("a", models.resolve("a"));
      pool.load("b", other);
      float[] first = pool.predict("a", TEXT).logits();
      assertThat(pool.predict("b", TEXT).logits())
          .containsExactly(alone, within(ROUNDING / 100))
          .isNotEqualTo(first);
    }
  }

  private void keepInFloat(Path model, String... layers) {
    new Int8Layers(Map.of("text", Set.of(layers)))
        .write(model.resolve("int8.json"), ort.saved(model, Map.of()).config().adapterSha256());
  }
}
