package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.PositionedEncoders;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.ComputedTrunks;

@DisplayName("Queries over memory")
class WholeLayersTest {
  /** Single precision, sums in another order; measured 1e-6. */
  private static final double TOLERANCE = 1e-5;

  private static TinyEncoders tiny;
  private static PositionedEncoders positioned;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
    positioned = new PositionedEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
    positioned.close();
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
    Settings settings = settings(layers, query, context, fusion, head);
    try (ParameterStore store = new ParameterStore(tiny.backend(), layers);
        ComputedTrunks trunks =
            new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(layers))) {
      PmfModel model =
          (PmfModel)
              new PmfMethod()
                  .build(tiny.encoders().map(LoadedEncoder::encoder), 3, settings, store);
      Batch<Tensor> trunk = trunks.place(trunks.prepare(tiny.examples()));

      agree(tiny.backend(), model, store.all(), trunk);
    }
  }

  @ParameterizedTest(name = "F = {0}, {1} / {2} / {3} prompts, {4} head")
  @DisplayName("do so over a cache that keeps the first fusion layer's attention as well")
  @CsvSource({"1, 1, 1, 1, averaged", "2, 4, 4, 4, averaged", "3, 3, 3, 3, joint"})
  void agreeOverSettledAttention(
      int layers, int query, int context, int fusion, String head, @TempDir Path cache) {
    Settings settings = settings(layers, query, context, fusion, head);
    try (ParameterStore store = new ParameterStore(tiny.backend(), layers);
        CachedTrunks trunks =
            new CachedTrunks(
                tiny.backend(),
                tiny.encoders(),
                tiny.layers(layers),
                cache,
                CachedTrunks.Storage.FP32,
                CachedTrunks.Content.ATTENTION)) {
      Named<Encoder> encoders = tiny.encoders().map(LoadedEncoder::encoder);
      PmfModel model = (PmfModel) new PmfMethod().build(encoders, 3, settings, store);
      Batch<Tensor> trunk = trunks.place(trunks.prepare(tiny.examples()));
      TrunkOutput<Tensor> text = (TrunkOutput<Tensor>) trunk.inputs().get("text");
      assertThat(text.settled().names()).isNotEmpty();
      assertThat(text.packing()).isPresent();

      agree(tiny.backend(), model, store.all(), trunk);
    }
  }

  @ParameterizedTest(name = "{0} and {1}, F = {2}")
  @DisplayName("do so where attention depends on positions, of which prompts have none")
  @CsvSource({
    // A relative bias over patches, each layer's own and a shared one; another over words.
    "beit-both-biases, mpnet-masked-lm, 2",
    // A rotary layer, a local one, and a rotary one as the last.
    "beit, modernbert-all-biases, 2",
    // A local layer as the last, where only CLS is asked for.
    "vit-patch-8, modernbert-masked-lm, 1",
    "vit-patch-8, modernbert-masked-lm, 2",
    // All rows of the last layer are read.
    "siglip-vision, modernbert-mean-pooling, 2",
    // The first layer of an encoder has no norm before attention.
    "wav2vec2-layer-post-norm, modernbert-masked-lm, 2",
    // Causal layers with shared keys; in a window; with norms of queries and keys.
    "vit-patch-8, llama-yarn, 2",
    "qwen3, mistral, 1",
    "qwen3, mistral, 2",
    // One projection for all, stored the other way round; heads that are not as wide as the states.
    "vit-patch-8, gpt2-other-settings, 2",
    "beit, t5-gated, 2",
    // The end of a text is not its last token.
    // Keys and queries of distances, shared with those of tokens and their own.
    "clip-text, deberta-v3, 2",
    "vit-patch-8, deberta-v2-own-projections, 1",
    // Gated biases; convolution modules, of sequences with padding, with each kind of positions.
    "wavlm-padded, conformer-padded, 2",
    "wavlm-padded, conformer-padded, 1",
    "conformer-rotary-padded, wavlm-stable, 2",
    "vit-patch-8, conformer-no-positions, 2",
    // Tokens before the patches are not turned.
    "vit-patch-8, dinov3, 2",
    // A grid in one window; cosines, continuous biases and norms before residual sums.
    "swin, swinv2, 1",
    "swinv2, swin, 2"
  })
  void agreeWhereAttentionDependsOnPositions(String one, String other, int layers) {
    Named<Encoder> encoders =
        Named.of("one", positioned.encoder(one)).with("other", positioned.encoder(other));
    Batch<Tensor> trunk =
        Batch.of(
            Named.<ModalityInput<Tensor>>of("one", positioned.trunk(one, layers))
                .with("other", positioned.trunk(other, layers)));
    try (ParameterStore store = new ParameterStore(positioned.backend(), layers)) {
      Settings settings = settings(layers, 3, 2, 4, "averaged");
      PmfModel model = (PmfModel) new PmfMethod().build(encoders, 3, settings, store);
      agree(positioned.backend(), model, store.all(), trunk);
    }
  }

  @ParameterizedTest(name = "{0} / {1} context prompts, pairs {2}")
  @DisplayName("do so where a kind of prompt is left out, or an exchange")
  @CsvSource(
      delimiter = ';',
      value = {
        "0; 4; all",
        "4; 0; all",
        "0; 0; all",
        "4; 4; none",
        "4; 0; none",
        "4; 0; image>text"
      })
  void agreeWhereAKindOfPromptIsLeftOut(int context, int fusion, String pairs) {
    Settings settings = settings(2, 3, context, fusion, "averaged").with(Map.of("pairs", pairs));
    try (ParameterStore store = new ParameterStore(tiny.backend(), 1);
        ComputedTrunks trunks =
            new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(2))) {
      PmfModel model =
          (PmfModel)
              new PmfMethod()
                  .build(tiny.encoders().map(LoadedEncoder::encoder), 3, settings, store);
      assertThat(store.all()).allMatch(p -> p.shape().size() > 0);
      assertThat(kinds(store))
          .as("prompts that are trained")
          .isEqualTo(kinds(context > 0 && !pairs.equals("none"), fusion > 0, pairs));

      agree(tiny.backend(), model, store.all(), trunks.place(trunks.prepare(tiny.examples())));
    }
  }

  /** The kinds of prompt among parameters. */
  private static Set<String> kinds(ParameterStore store) {
    return store.all().stream()
        .map(p -> p.name().substring(p.name().lastIndexOf('.') + 1))
        .filter(kind -> kind.endsWith("_prompt"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> kinds(boolean context, boolean fusion, String pairs) {
    Set<String> kinds = new TreeSet<>();
    if (context) {
      kinds.add("query_context_prompt");
    }
    if (fusion) {
      kinds.add("fusion_context_prompt");
    }
    if (!pairs.equals("none")) {
      kinds.add("query_prompt");
    }
    return kinds;
  }

  private static Settings settings(int layers, int query, int context, int fusion, String head) {
    return PlannedMethod.settings(
        new PmfMethod(),
        Map.of(
            "fusion-layers", layers,
            "query-prompts", query,
            "query-context-prompts", context,
            "fusion-context-prompts", fusion,
            "prompt-deviation", 0.5,
            // ReLU can switch a small mapping off altogether, and then nothing is compared.
            "mapping-activation", "gelu",
            "head", head));
  }

  private static void agree(
      Backend backend, PmfModel model, List<Parameter> trained, Batch<Tensor> trunk) {
    Map<String, float[]> memory = run(backend, model, trained, trunk);
    Map<String, float[]> whole = run(backend, WholeLayers.of(model), trained, trunk);
    trunk.tensors().forEach(Tensor::close);
    assertThat(memory.keySet()).isEqualTo(whole.keySet()).hasSize(1 + trained.size());
    memory.forEach((name, m) -> assertClose(name, m, whole.get(name)));
  }

  private static Map<String, float[]> run(
      Backend backend, PmfModel model, List<Parameter> trained, Batch<Tensor> trunk) {
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Program program =
        backend.training(
            "both",
            (in, tape) -> {
              Tensor logits = model.logits(PlacedTokens.of(BatchCodec.batch(in)));
              List<Tensor> gradients = tape.gradients(logits.square().mean().reshape(1), trained);
              Named<Tensor> out = Named.of("logits", logits);
              for (int i = 0; i < gradients.size(); i++) {
                out = out.with(trained.get(i).name(), gradients.get(i));
              }
              return out;
            })) {
      Named<Tensor> out = program.run(BatchCodec.names(trunk));
      out.asMap().forEach((name, t) -> found.put(name, backend.read(t).floats()));
      out.asMap().values().forEach(Tensor::close);
    }
    return found;
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
