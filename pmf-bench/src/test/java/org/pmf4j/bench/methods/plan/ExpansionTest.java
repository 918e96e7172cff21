package org.pmf4j.bench.methods.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.run.EncoderLearningRate;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("What is compared")
class ExpansionTest {
  private static final TrainSettings TRAINING = TrainSettings.DEFAULT.with("epochs", 4);

  private static final Named<EncoderShape> ENCODERS =
      Named.of("image", new EncoderShape(8, 3)).with("text", new EncoderShape(8, 12));

  private static List<Variant> of(Changes changes, List<Entry> entries) {
    return new Expansion(Methods.all(), ENCODERS, TRAINING, changes).of(entries);
  }

  private static List<Variant> named(Changes changes, String... methods) {
    return of(changes, Arrays.stream(methods).map(Entry::of).toList());
  }

  private static List<Variant> listed(String json) {
    try {
      return of(Changes.NONE, EntryList.of(new ObjectMapper().readTree(json)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> names(List<Variant> variants) {
    return variants.stream().map(Variant::name).toList();
  }

  @Test
  @DisplayName("has a row for a method, and one for each encoder of a linear probe")
  void shortForm() {
    List<Variant> variants = named(Changes.NONE, "pmf", "linear-probe");

    assertThat(names(variants))
        .containsExactly("pmf", "linear-probe: image", "linear-probe: text", "linear-probe");
    assertThat(variants.get(1).encoders()).containsExactly("image");
    assertThat(variants.get(3).encoders()).containsExactly("image", "text");
    assertThat(variants.get(0).settings()).containsEntry("fusion-layers", 2);
    assertThat(variants.get(0).training(7).epochs()).isEqualTo(4);
    assertThat(variants.get(0).training(7).seed()).isEqualTo(7);
  }

  @Test
  @DisplayName("takes what is said of a method, and of all that train the encoders")
  void changes() {
    Changes changes =
        new Changes(
            Map.of("pmf.head", "joint", "tuned.width", "16"),
            Map.of("pmf.epochs", "9", "full.encoder-learning-rate", "2e-5", "full.clip", "2"));

    List<Variant> variants = named(changes, "pmf", "tuned");

    assertThat(variants.get(0).settings()).containsEntry("head", "joint");
    assertThat(variants.get(0).training(0).epochs()).isEqualTo(9);
    assertThat(variants.get(0).encoderLearningRate()).isNull();
    assertThat(variants.get(1).settings()).containsEntry("width", 16);
    assertThat(variants.get(1).training(0).clip()).isEqualTo(2);
    assertThat(variants.get(1).encoderLearningRate()).isEqualTo(2e-5);
    assertThat(variants.get(1).cached()).as("nothing of it is frozen").isFalse();
    assertThat(named(Changes.NONE, "tuned").get(0).encoderLearningRate())
        .isEqualTo(EncoderLearningRate.SETTING.standard());
  }

  @Test
  @DisplayName("may be listed in full, with settings and training of its own")
  void fullForm() {
    List<Variant> variants =
        listed(
            """
            [{"method": "pmf", "name": "wide", "settings": {"mapping-width": 9},
              "training": {"epochs": 2, "learning-rate": 0.01}, "cache": false},
             {"method": "linear-probe", "encoders": "each"},
             {"method": "linear-probe", "encoders": ["text"], "name": "words"}]
            """);

    assertThat(names(variants))
        .containsExactly("wide", "linear-probe: image", "linear-probe: text", "words");
    Variant wide = variants.get(0);
    assertThat(wide.settings()).containsEntry("mapping-width", 9);
    assertThat(wide.training(0).epochs()).isEqualTo(2);
    assertThat(wide.training(0).learningRate()).isEqualTo(0.01);
    assertThat(wide.cached()).isFalse();
    assertThat(variants.get(3).encoders()).containsExactly("text");
  }

  @ParameterizedTest(name = "{1}")
  @DisplayName("is refused in one line where it is wrong")
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; must be a list",
        "[]; must be a list",
        "[{}]; variant 1 needs a method",
        "['pmf']; variant 1 needs 'key: value' lines",
        "[{'method': 'pmf'}, {'method': 'x'}]; unknown fusion method 'x'",
        "[{'method': 'pmf', 'stings': 1}]; variant 1 has the unknown key 'stings'",
        "[{'method': 'pmf', 'settings': {'x': 1}}]; unknown setting 'x' of method pmf",
        "[{'method': 'pmf', 'settings': {'head': [1]}}]; variant 1, settings: head needs one value",
        "[{'method': 'pmf', 'training': {'epoch': 1}}]; unknown setting 'epoch'",
        "[{'method': 'pmf', 'training': {'epochs': 0}}]; epochs must be at least 1, got 0",
        "[{'method': 'pmf', 'training': {'seed': 1}}]; seeds are the same for all",
        "[{'method': 'pmf', 'training': {'encoder-learning-rate': 1}}]; goes with a method that",
        "[{'method': 'pmf', 'encoders': 'smell'}]; encoders must be all, each or a list",
        "[{'method': 'pmf', 'encoders': ['smell']}]; there is no encoder 'smell'",
        "[{'method': 'pmf', 'cache': 1}]; cache must be true or false",
        "[{'method': 'pmf'}, {'method': 'pmf'}]; two variants have the name 'pmf'",
        "[{'method': 'pmf'}, {'method': 'pmf', 'name': 'PMF!'}]; would have the same files",
        "[{'method': 'pmf', 'name': '?'}]; needs a name with letters or digits"
      })
  void badLists(String json, String told) {
    assertThatThrownBy(() -> listed(json.replace('\'', '"')))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(told)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("is refused where a change is of a method that is not compared")
  @CsvSource({
    "magic.x, unknown fusion method 'magic'",
    "head, needs METHOD.KEY=VALUE",
    "pmf., needs METHOD.KEY=VALUE",
    "linear-probe.x, the method linear-probe is not compared"
  })
  void badChanges(String key, String told) {
    for (Changes changes :
        List.of(new Changes(Map.of(key, "1"), Map.of()), new Changes(Map.of(), Map.of(key, "1")))) {
      assertThatThrownBy(() -> named(changes, "pmf"))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining(told);
    }
  }

  @Test
  @DisplayName("may be taken apart as the paper does, without what PMF has already")
  void ablations() {
    List<Variant> variants = named(Changes.NONE, "linear-probe", "pmf");

    List<Variant> ablations = Ablations.of(variants, Map.of("image", 3, "text", 12)).variants();

    assertThat(names(ablations))
        .containsExactly(
            "pmf, F = 1",
            "pmf, F = 3",
            "pmf, n = 1",
            "pmf, n = 2",
            "pmf, n = 8",
            "pmf without QP, so without exchange",
            "pmf without QCP",
            "pmf without FCP",
            "pmf, joint head",
            "pmf without image → text",
            "pmf without text → image");
    assertThat(ablations.get(4).settings())
        .containsEntry("query-prompts", 8)
        .containsEntry("query-context-prompts", 8)
        .containsEntry("fusion-context-prompts", 8);
    assertThat(ablations.get(5).settings()).containsEntry("pairs", "none");
    assertThat(ablations.get(9).settings()).containsEntry("pairs", "text>image");
    List<Variant> all = new ArrayList<>(variants);
    all.addAll(ablations);
    Expansion.requireDifferent(all);
    assertThatThrownBy(() -> Ablations.of(named(Changes.NONE, "linear-probe"), Map.of()))
        .hasMessageContaining("ablations need the method pmf");
  }
}
