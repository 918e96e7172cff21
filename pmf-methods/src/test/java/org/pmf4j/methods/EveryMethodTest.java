package org.pmf4j.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.ObjectiveSettings;
import org.pmf4j.core.run.TrainReport;

/** On the checked DJL backend; that TensorFlow computes the same is the parity test's to hold. */
@DisplayName("Every fusion method")
class EveryMethodTest {
  private static final Map<String, Source> TEXT = Map.of("text", new Source.Text("a red shape"));
  private static final Map<String, Source> IMAGE =
      Map.of("image", new Source.File(TrainedMethods.TABLE.resolveSibling("images/00.png")));

  private static TrainedMethods methods;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    methods = TrainedMethods.on("checking-djl");
  }

  @AfterAll
  static void close() {
    methods.close();
  }

  @ParameterizedTest(name = "{0}: a saved model measures what it measured in training")
  @CsvSource({
    "unimodal, true",
    "late-concat, true",
    "mmbt, true",
    "mbt, true",
    "prompt-fuse, false",
    "mope, false"
  })
  void isSavedAndLoaded(String method, boolean tuned) throws IOException {
    TrainReport report = train(method, "model");

    long trained = report.config().trainableParameters();
    long all = report.config().totalParameters();
    assertThat(trained == all).isEqualTo(tuned);
    assertThat(Files.readString(report.model().resolve("README.md")))
        .contains(tuned ? "Fine-tuned encoders" : "An adapter for frozen encoders");
    assertThat(
            TrainedMethods.adapter(report.model()).values().stream()
                .mapToLong(t -> t.shape().size())
                .sum())
        .isEqualTo(trained);
    try (Classifier classifier = methods.pmf().load(report.model())) {
      EvaluationResult found =
          classifier.evaluate(
              classifier.read(TrainedMethods.TABLE, Table.Labelled.REQUIRED), Progress.SILENT);
      assertThat(found.metrics()).isEqualTo(report.validation().orElseThrow().metrics());
      assertThat(classifier.predict(TEXT).logits()).hasSize(3);
    }
  }

  @ParameterizedTest(name = "{0} trains on rows that lack modalities")
  @ValueSource(strings = {"late-concat", "mbt"})
  void trainsOnRowsWithGaps(String method) throws IOException {
    Path table = TrainedMethods.withGaps(folder);
    TrainReport report =
        methods
            .pmf()
            .train(
                TrainedMethods.config(method, folder.resolve("model"))
                    .data(table)
                    .validation(table)
                    .objective(ObjectiveSettings.MODALITY_DROPOUT, 0.2)
                    .build());
    assertThat(report.patterns()).containsOnlyKeys("image+text", "image", "text");
    try (Classifier classifier = methods.pmf().load(report.model())) {
      assertThat(classifier.predict(IMAGE).logits()).hasSize(3);
    }
  }

  @ParameterizedTest(name = "{0} says that it needs its main modality")
  @ValueSource(strings = {"mmbt", "prompt-fuse", "mope"})
  void needsItsMainModality(String method) throws IOException {
    Path table = TrainedMethods.withGaps(folder);
    String needs = ": no text, which method " + method + " needs in every row";
    Path model = folder.resolve("gaps");
    assertThatThrownBy(
            () -> methods.pmf().train(TrainedMethods.config(method, model).data(table).build()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("gaps.csv row 2 (line 3)" + needs);
    assertThat(model).as("nothing was begun").doesNotExist();
    try (Classifier classifier = methods.pmf().load(train(method, "model").model())) {
      assertThatThrownBy(() -> classifier.predict(IMAGE))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith("the example" + needs);
    }
  }

  @ParameterizedTest(name = "{0} keeps its main modality where others are dropped")
  @ValueSource(strings = {"mmbt", "prompt-fuse", "mope"})
  void dropsNothingThatItNeeds(String method) {
    TrainReport report =
        methods
            .pmf()
            .train(
                TrainedMethods.config(method, folder.resolve("dropped"))
                    .objective(ObjectiveSettings.MODALITY_DROPOUT, 0.5)
                    .build());
    try (Classifier classifier = methods.pmf().load(report.model())) {
      assertThat(classifier.predict(TEXT).logits()).hasSize(3);
    }
  }

  @ParameterizedTest(name = "{0} refuses {1}={2}: {3}")
  @CsvSource({
    "mmbt, main, sound, main of mmbt names the unknown modality 'sound'; there are: image",
    "mmbt, regions, -1, regions of method mmbt must be 0 to 100",
    "mbt, fusion-layers, 4, fusion-layers is 4 but the image encoder has 3 layers; choose 1 to 3",
    "mbt, bottleneck-tokens, 0, bottleneck-tokens of method mbt must be 1 to 1000",
    "prompt-fuse, prompt-length, 0, prompt-length of method prompt-fuse must be 1 to 1000",
    "prompt-fuse, main, sound, main of prompt-fuse names the unknown modality 'sound'",
    "mope, experts, 0, experts of method mope must be 1 to 1000",
    "mope, temperature, 0, temperature of method mope must be 0.001 to 1000",
    "mope, importance, NaN, importance of method mope must be a number, 0 to 1000",
    "late-concat, main, text, unknown setting 'main' of method late-concat"
  })
  void refusesBadSettings(String method, String key, String value, String told) {
    Path out = folder.resolve("model");
    assertThatThrownBy(
            () ->
                methods.pmf().train(TrainedMethods.config(method, out).setting(key, value).build()))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(told);
    assertThat(out).doesNotExist();
  }

  @ParameterizedTest(name = "{0} refuses a number of encoders that it is not made for")
  @CsvSource({
    "late-concat, fuses two modalities or more",
    "mmbt, fuses two modalities or more",
    "mbt, fuses two modalities or more",
    "prompt-fuse, fuses two modalities or more",
    "mope, fuses two modalities or more"
  })
  void refusesOneEncoder(String method, String told) {
    assertThatThrownBy(
            () ->
                methods
                    .pmf()
                    .train(
                        TrainedMethods.config("unimodal", folder.resolve("model"))
                            .method(method)
                            .build()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(told);
  }

  private TrainReport train(String method, String out) {
    return methods.pmf().train(TrainedMethods.config(method, folder.resolve(out)).build());
  }
}
