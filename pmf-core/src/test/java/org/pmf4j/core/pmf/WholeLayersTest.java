package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.Settings;
import org.pmf4j.core.trunk.LiveTrunks;

@DisplayName("Queries over memory")
class WholeLayersTest {
  /** Single precision, sums in another order; measured 1e-6. */
  private static final double TOLERANCE = 1e-5;

  private static TinyEncoders tiny;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @ParameterizedTest(name = "F = {0}, {1} / {2} / {3} prompts, {4} head")
  @DisplayName("give the logits and gradients of whole layers whose rows are dropped")
  @CsvSource({
    "1, 1, 1, 1, averaged",
    "2, 4, 4, 4, averaged",
    "2, 1, 5, 3, averaged",
    "2, 6, 2, 1, joint",
    "3, 3, 3, 3, joint"
  })
  void agreeWithWholeLayers(int layers, int query, int context, int fusion, String head) {
    PmfMethod method = new PmfMethod();
    Map<String, Object> settings =
        Settings.complete(
            method.defaults(),
            Map.of(
                "fusion-layers", layers,
                "query-prompts", query,
                "query-context-prompts", context,
                "fusion-context-prompts", fusion,
                "prompt-deviation", 0.5,
                // ReLU can switch a small mapping off altogether, and then nothing is compared.
                "mapping-activation", "gelu",
                "head", head),
            "pmf");
    try (ParameterStore store = new ParameterStore(tiny.backend(), layers);
        LiveTrunks trunks = new LiveTrunks(tiny.backend(), tiny.encoders(), layers)) {
      PmfModel model =
          (PmfModel) method.build(tiny.encoders().map(LoadedEncoder::encoder), 3, settings, store);
      Named<Tensor> trunk = trunks.place(trunks.prepare(tiny.examples()));

      Map<String, float[]> memory = run(model, trunk);
      Map<String, float[]> whole = run(WholeLayers.of(model), trunk);

      trunk.asMap().values().forEach(Tensor::close);
      assertThat(memory.keySet()).isEqualTo(whole.keySet()).contains("logits");
      memory.forEach((name, m) -> assertClose(name, m, whole.get(name)));
    }
  }

  private static Map<String, float[]> run(PmfModel model, Named<Tensor> trunk) {
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Program program =
        tiny.backend()
            .training(
                "both",
                (in, tape) -> {
                  Tensor logits = model.logits(tokens(in));
                  List<Tensor> gradients =
                      tape.gradients(logits.square().mean().reshape(1), model.parameters());
                  Named<Tensor> out = Named.of("logits", logits);
                  for (int i = 0; i < gradients.size(); i++) {
                    out = out.with(model.parameters().get(i).name(), gradients.get(i));
                  }
                  return out;
                })) {
      Named<Tensor> out = program.run(trunk);
      out.asMap().forEach((name, t) -> found.put(name, tiny.backend().read(t).floats()));
      out.asMap().values().forEach(Tensor::close);
    }
    return found;
  }

  private static Named<Tokens> tokens(Named<Tensor> in) {
    return Named.of("image", Tokens.of(in.get("image.states")))
        .with("text", new Tokens(in.get("text.states"), in.get("text.mask")));
  }

  private static void assertClose(String name, float[] a, float[] b) {
    double size = 0;
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      size = Math.max(size, Math.abs(b[i]));
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
    }
    assertThat(size).as("size of %s", name).isPositive();
    assertThat(difference / size).as("relative difference in %s", name).isLessThan(TOLERANCE);
  }
}
