package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("A training job")
class TrainJobTest {
  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  private TrainConfigBuilder config(String out) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .validation(TinyEncoders.table())
            .out(folder.resolve(out))
            .cache(CacheConfig.NONE)
            .training(settings());
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  private static TrainSettings settings() {
    return TrainSettings.DEFAULT
        .with("epochs", 4)
        .with("batch-size", 4)
        .with("learning-rate", 5e-3)
        .with("seed", 3);
  }

  /** An interruption, as a user's Ctrl-C would be. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  @DisplayName("learns the training data by heart")
  void learns() {
    TrainReport report = pmf.train(config("model").training(settings().with("epochs", 30)).build());
    assertThat(report.validation().orElseThrow().metrics().get("accuracy")).isGreaterThan(0.9);
  }

  @Test
  @DisplayName("gives the same bits when it is repeated")
  void repeats() throws IOException {
    pmf.train(config("a").build());
    pmf.train(config("b").build());
    assertThat(adapter("a")).isEqualTo(adapter("b"));
  }

  @Test
  @DisplayName("goes on to the same bits after it was interrupted at any epoch")
  void resumes() throws IOException {
    pmf.train(config("whole").build());
    for (int stop = 1; stop <= 4; stop++) {
      String out = "stopped-" + stop;
      int at = stop;
      TrainingListener interrupting =
          epoch -> {
            if (epoch.number() == at) {
              throw new Interrupted();
            }
          };
      TrainConfig first = config(out).build();
      assertThatThrownBy(() -> pmf.train(first, Progress.SILENT, interrupting))
          .isInstanceOf(Interrupted.class);

      pmf.train(config(out).existing(TrainConfig.Existing.RESUME).build());

      assertThat(adapter(out)).as("stopped in epoch %d", stop).isEqualTo(adapter("whole"));
    }
  }

  @Test
  @DisplayName("takes the steps of a large batch when gradients are accumulated over small ones")
  void accumulates() {
    pmf.train(
        config("large").training(settings().with("batch-size", 8).with("shuffle", false)).build());
    pmf.train(
        config("small")
            .training(
                settings().with("batch-size", 4).with("accumulation", 2).with("shuffle", false))
            .build());
    // Sums in another order, through 8 steps of an optimizer that divides by gradients' sizes.
    assertThat(largestDifference("large", "small")).isLessThan(1e-4);
  }

  @Test
  @DisplayName("drops the same modalities of a row whatever batch it is in")
  void dropsTheSameInAnyBatch() {
    pmf.train(
        config("large")
            .objective(ObjectiveSettings.MODALITY_DROPOUT, 0.4)
            .training(settings().with("batch-size", 8).with("shuffle", false))
            .build());
    pmf.train(
        config("small")
            .objective(ObjectiveSettings.MODALITY_DROPOUT, 0.4)
            .training(
                settings().with("batch-size", 4).with("accumulation", 2).with("shuffle", false))
            .build());
    pmf.train(
        config("none").training(settings().with("batch-size", 8).with("shuffle", false)).build());
    // Sums in another order, through 8 steps of an optimizer that divides by gradients' sizes.
    assertThat(largestDifference("large", "small")).isLessThan(1e-4);
    assertThat(largestDifference("large", "none")).isGreaterThan(1e-3);
  }

  @Test
  @DisplayName("refuses to go on with another dropout of modalities")
  void refusesAnotherDropout() {
    pmf.train(config("model").objective(ObjectiveSettings.MODALITY_DROPOUT, 0.2).build());
    assertThatThrownBy(
            () -> pmf.train(config("model").existing(TrainConfig.Existing.RESUME).build()))
        .hasMessageContaining("cannot resume: modality-dropout was 0.2 and is now 0.0");
  }

  @Test
  @DisplayName("fuses the pairs that are named, saves them, and refuses others")
  void pairs() {
    Path model = pmf.train(config("pairs").setting("pairs", "image>text").build()).model();
    assertThat(tensors(model.resolve("adapter_model.safetensors")).keySet())
        .contains("fusion.0.image_to_text.query_prompt", "fusion.1.image.fusion_context_prompt")
        .noneMatch(name -> name.contains("text_to_image"));
    try (Classifier classifier = pmf.load(model)) {
      assertThat(classifier.config().fusion()).containsEntry("pairs", "image>text");
    }
    assertThatThrownBy(() -> pmf.train(config("other").setting("pairs", "image>sound").build()))
        .hasMessage("pairs names the unknown modality 'sound'; there are: image, text");
  }

  @Test
  @DisplayName("loads a model from before a setting was there, which has its default")
  void loadsOlderModels() throws IOException {
    Path model = pmf.train(config("model").build()).model();
    Path config = model.resolve("adapter_config.json");
    String text = Files.readString(config);
    String older = text.replaceFirst(",\\s*\"pairs\" : \"all\"", "");
    assertThat(older).isNotEqualTo(text);
    Files.writeString(config, older);
    try (Classifier classifier = pmf.load(model)) {
      assertThat(classifier.config().fusion()).doesNotContainKey("pairs");
      assertThat(classifier.predict(Map.of("text", new Source.Text("a line"))).logits()).hasSize(3);
    }
  }

  @Test
  @DisplayName("saves a model that predicts with what is there, and refuses nothing and strangers")
  void predictsWithWhatIsThere() {
    try (Classifier classifier = pmf.load(pmf.train(config("model").build()).model())) {
      assertThatThrownBy(() -> classifier.predict(Map.of()))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("nothing is there of image, text");
      assertThatThrownBy(() -> classifier.predict(Map.of("sound", new Source.Text("x"))))
          .isInstanceOf(PmfException.class)
          .hasMessage("the model has no modality 'sound'; it has image, text");
    }
  }

  @Test
  @DisplayName("refuses a folder that holds a model, and replaces it when told to")
  void refusesToReplace() {
    pmf.train(config("model").build());
    assertThatThrownBy(() -> pmf.train(config("model").build()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("holds a model")
        .hasMessageContaining("--overwrite");
    pmf.train(config("model").existing(TrainConfig.Existing.OVERWRITE).build());
  }

  @Test
  @DisplayName("refuses to go on with other settings, and names the one that differs")
  void refusesOtherSettings() {
    pmf.train(config("model").build());
    assertThatThrownBy(
            () ->
                pmf.train(
                    config("model")
                        .existing(TrainConfig.Existing.RESUME)
                        .setting("head", "joint")
                        .build()))
        .hasMessageContaining("cannot resume: head was averaged and is now joint");
  }

  @Test
  @DisplayName("refuses to start from weights that are no numbers")
  void refusesNaN() throws IOException {
    pmf.train(config("model").build());
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Map<String, HostTensor> values = tensors(folder.resolve("model/adapter_model.safetensors"));
    HostTensor bias = values.get("head.text.bias");
    values.put("head.text.bias", HostTensor.of(new float[] {Float.NaN, 0, 0}, bias.shape().dims()));
    SafetensorsWriter.write(broken.resolve("adapter_model.safetensors"), values, Map.of());
    assertThatThrownBy(() -> pmf.train(config("next").init(broken).build()))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INPUT))
        .hasMessageContaining("tensor head.text.bias has a value that is not a number");
  }

  @Test
  @DisplayName("stops early when the metric does not get better")
  void stopsEarly() {
    TrainReport report =
        pmf.train(
            config("model")
                .training(
                    settings().with("epochs", 50).with("patience", 2).with("learning-rate", 1e-7))
                .build());
    assertThat(report.outcome().epochs()).isEqualTo(3);
    assertThat(report.outcome().bestEpoch()).isEqualTo(1);
  }

  @Test
  @DisplayName("saves a model that predicts what it predicted in training")
  void savesWhatWasTrained() {
    TrainReport report = pmf.train(config("model").build());
    try (Classifier classifier = pmf.load(report.model())) {
      double accuracy =
          classifier
              .evaluate(
                  classifier.read(TinyEncoders.table(), Table.Labelled.REQUIRED), Progress.SILENT)
              .metrics()
              .get("accuracy");
      assertThat(accuracy).isEqualTo(report.validation().orElseThrow().metrics().get("accuracy"));
      Prediction one =
          classifier.predict(
              Map.of(
                  "image",
                  new Source.File(TinyEncoders.table().resolveSibling("images/00.png")),
                  "text",
                  new Source.Text("a big red shape")));
      assertThat(one.probabilities().values().stream().mapToDouble(d -> d).sum())
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  @DisplayName("trains on frozen matrices in bfloat16, close to single precision")
  void bfloat16() {
    TrainReport single = pmf.train(config("single").build());
    TrainReport half = pmf.train(config("half").precision(MatrixPrecision.BFLOAT16).build());
    double a = single.validation().orElseThrow().metrics().get("loss");
    double b = half.validation().orElseThrow().metrics().get("loss");
    // bfloat16 keeps 8 bits of a weight: 0.4 % of each product, over 16 steps of training.
    assertThat(b).isNotEqualTo(a).isCloseTo(a, within(0.05));
    try (Classifier classifier = pmf.load(half.model())) {
      assertThat(classifier.config().precision()).isEqualTo("bfloat16");
    }
  }

  @Test
  @DisplayName("trains regressions and multi-label tasks, and predicts in their terms")
  void otherTasks() throws IOException {
    Path images = TinyEncoders.table().getParent();
    StringBuilder numbers = new StringBuilder("image,text,label\n");
    StringBuilder labels = new StringBuilder("image,text,label\n");
    String[] sets = {"a|b", "b", "", "a"};
    for (int i = 0; i < 16; i++) {
      String picture = String.format(Locale.ROOT, "images/%02d.png", i);
      String start = images.resolve(picture) + ",a shape " + i % 4 + ",";
      numbers.append(start).append(100 + 10 * (i % 4)).append('\n');
      labels.append(start).append(sets[i % 4].isEmpty() ? "|" : sets[i % 4]).append('\n');
    }
    Path regression = Files.writeString(folder.resolve("numbers.csv"), numbers);
    Path multiLabel = Files.writeString(folder.resolve("labels.csv"), labels);
    TrainSettings longer = settings().with("epochs", 30);

    TrainReport r =
        pmf.train(
            config("r")
                .data(regression)
                .validation(regression)
                .task("regression")
                .training(longer.with("metric", "mae"))
                .build());
    TrainReport m =
        pmf.train(
            config("m")
                .data(multiLabel)
                .validation(multiLabel)
                .task("multi-label")
                .training(longer.with("metric", "map"))
                .build());

    // Always guessing the mean misses by 10.
    assertThat(r.validation().orElseThrow().metrics().get("mae")).isLessThan(5);
    assertThat(m.validation().orElseThrow().metrics().get("map")).isGreaterThan(0.9);
    Map<String, Source> first =
        Map.of(
            "image",
            new Source.File(images.resolve("images/00.png")),
            "text",
            new Source.Text("a shape 0"));
    try (Classifier classifier = pmf.load(r.model())) {
      assertThat(classifier.predict(first).value()).isBetween(90.0, 140.0);
    }
    try (Classifier classifier = pmf.load(m.model())) {
      assertThat(classifier.predict(first).probabilities()).containsOnlyKeys("a", "b");
    }
  }

  @Test
  @DisplayName("trains more than two modalities, any of a kind twice")
  void threeModalities() throws IOException {
    Path table = folder.resolve("three.csv");
    List<String> rows = Files.readAllLines(TinyEncoders.table());
    StringBuilder text = new StringBuilder("image,text,caption,label\n");
    Path images = TinyEncoders.table().getParent();
    for (int i = 1; i < rows.size(); i++) {
      String label = rows.get(i).substring(rows.get(i).lastIndexOf(',') + 1);
      text.append(images.resolve(String.format(Locale.ROOT, "images/%02d.png", i - 1)))
          .append(",a shape,number ")
          .append(i)
          .append(',')
          .append(label)
          .append('\n');
    }
    Files.writeString(table, text);
    TrainReport report =
        pmf.train(
            config("three")
                .data(table)
                .validation(table)
                .encoder("caption", TinyEncoders.directories().get("text"))
                .build());
    assertThat(tensors(report.model().resolve("adapter_model.safetensors")))
        .containsKeys(
            "fusion.0.caption_to_text.query_prompt",
            "fusion.1.text_to_caption.mapping.1.weight",
            "fusion.1.image.fusion_context_prompt",
            "head.caption.bias");
  }

  private byte[] adapter(String out) throws IOException {
    return Files.readAllBytes(folder.resolve(out).resolve("adapter_model.safetensors"));
  }

  private double largestDifference(String a, String b) {
    Map<String, HostTensor> x = tensors(folder.resolve(a).resolve("adapter_model.safetensors"));
    Map<String, HostTensor> y = tensors(folder.resolve(b).resolve("adapter_model.safetensors"));
    double largest = 0;
    for (String name : x.keySet()) {
      float[] p = x.get(name).floats();
      float[] q = y.get(name).floats();
      for (int i = 0; i < p.length; i++) {
        largest = Math.max(largest, Math.abs(p[i] - q[i]));
      }
    }
    return largest;
  }

  private static Map<String, HostTensor> tensors(Path file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> all.put(name, f.tensor(name)));
    }
    return all;
  }
}
