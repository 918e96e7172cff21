package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionMethod;
import org.pmf4j.api.fusion.MixedBatches;
import org.pmf4j.api.fusion.MixedBatches.Share;
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

@DisplayName("A batch of rows of several models")
class MixedBatchesTest {
  /** Single precision: products of other heights have their sums in another order. */
  private static final float TOLERANCE = 1e-5f;

  /** How many outputs each model has. */
  private static final int[] OUTPUTS = {3, 5, 2};

  private static TinyEncoders tiny;
  private static PositionedEncoders positioned;

  private final List<ParameterStore> stores = new ArrayList<>();

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

  @ParameterizedTest(name = "{0}, F = {1}, {2} / {3} context prompts, {4} head, pairs {5}")
  @DisplayName("has each row's logits of its own model")
  @CsvSource({
    "pmf, 1, 4, 4, averaged, all",
    "pmf, 2, 4, 4, averaged, all",
    "pmf, 3, 2, 1, joint, all",
    "pmf, 2, 0, 0, joint, all",
    "pmf, 2, 4, 4, averaged, none",
    "pmf, 2, 3, 0, averaged, image>text",
    "pmf-whole-layers, 2, 4, 4, averaged, all"
  })
  void eachRowOfItsModel(
      String method, int layers, int context, int fusion, String head, String pairs) {
    try (ComputedTrunks trunks =
        new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(layers))) {
      Map<String, Object> settings = settings(layers, context, fusion, head, pairs);
      agree(
          tiny.backend(),
          models(method, tiny.backend(), encoders(), settings),
          trunks.place(trunks.prepare(tiny.examples())));
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("has them of rows that lack a modality")
  @CsvSource({"image", "text"})
  void ofRowsThatLackAModality(String there) {
    try (ComputedTrunks trunks =
        new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(2))) {
      Batch<Tensor> both = trunks.place(trunks.prepare(tiny.examples()));
      agree(
          tiny.backend(),
          models("pmf", tiny.backend(), encoders(), settings(2, 4, 4, "joint", "all")),
          Batch.of(Named.of(there, both.inputs().get(there))));
      both.inputs().asMap().keySet().stream()
          .filter(m -> !m.equals(there))
          .forEach(m -> both.inputs().get(m).tensors().forEach(Tensor::close));
    }
  }

  @Test
  @DisplayName("has them over what the first fusion layer has settled")
  void overSettledAttention(@TempDir Path cache) {
    try (CachedTrunks trunks =
        new CachedTrunks(
            tiny.backend(),
            tiny.encoders(),
            tiny.layers(2),
            cache,
            CachedTrunks.Storage.FP32,
            CachedTrunks.Content.ATTENTION)) {
      Batch<Tensor> placed = trunks.place(trunks.prepare(tiny.examples()));
      assertThat(((TrunkOutput<Tensor>) placed.inputs().get("text")).settled().names())
          .isNotEmpty();
      agree(
          tiny.backend(),
          models("pmf", tiny.backend(), encoders(), settings(2, 4, 4, "averaged", "all")),
          placed);
    }
  }

  @ParameterizedTest(name = "{0} and {1}, F = {2}")
  @DisplayName("has them where attention depends on positions")
  @CsvSource({
    "beit-both-biases, mpnet-masked-lm, 2",
    "vit-patch-8, modernbert-masked-lm, 1",
    "siglip-vision, modernbert-mean-pooling, 2",
    "qwen3, mistral, 2",
    "beit, t5-gated, 2",
    "clip-text, deberta-v3, 2",
    "wavlm-padded, conformer-padded, 2",
    "swinv2, swin, 2"
  })
  void whereAttentionDependsOnPositions(String one, String other, int layers) {
    Named<Encoder> encoders =
        Named.of("one", positioned.encoder(one)).with("other", positioned.encoder(other));
    agree(
        positioned.backend(),
        models("pmf", positioned.backend(), encoders, settings(layers, 2, 4, "averaged", "all")),
        Batch.of(
            Named.<ModalityInput<Tensor>>of("one", positioned.trunk(one, layers))
                .with("other", positioned.trunk(other, layers))));
  }

  @Test
  @DisplayName("refuses a model over other encoders, and one of other settings")
  void refusesOtherMakes() {
    Map<String, Object> settings = settings(1, 1, 1, "averaged", "all");
    Named<LoadedEncoder> others = tiny.load();
    try (ComputedTrunks trunks =
        new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(1))) {
      PmfModel own = models("pmf", tiny.backend(), encoders(), settings).get(0);
      Batch<Tensor> placed = trunks.place(trunks.prepare(tiny.examples()));
      Named<Encoder> foreign = others.map(LoadedEncoder::encoder);
      refuses(own, models("pmf", tiny.backend(), foreign, settings).get(0), placed);
      for (Map<String, Object> other :
          List.of(
              settings(2, 1, 1, "averaged", "all"),
              settings(1, 2, 1, "averaged", "all"),
              settings(1, 1, 0, "averaged", "all"),
              settings(1, 1, 1, "averaged", "text>image"))) {
        refuses(own, models("pmf", tiny.backend(), encoders(), other).get(0), placed);
      }
      placed.tensors().forEach(Tensor::close);
      stores.forEach(ParameterStore::close);
    } finally {
      others.asMap().values().forEach(LoadedEncoder::close);
    }
  }

  private static void refuses(PmfModel own, PmfModel other, Batch<Tensor> placed) {
    assertThatThrownBy(() -> mixed(tiny.backend(), List.of(other, own), List.of(1, 15), placed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another make");
  }

  private static Named<Encoder> encoders() {
    return tiny.encoders().map(LoadedEncoder::encoder);
  }

  private static Map<String, Object> settings(
      int layers, int context, int fusion, String head, String pairs) {
    return Map.of(
        "fusion-layers", layers,
        "query-prompts", 3,
        "query-context-prompts", context,
        "fusion-context-prompts", fusion,
        // Prompts of one model that another's rows would see are seen in the logits
        "prompt-deviation", 0.5,
        "mapping-activation", "gelu",
        "head", head,
        "pairs", pairs);
  }

  private List<PmfModel> models(
      String name, Backend backend, Named<Encoder> encoders, Map<String, Object> settings) {
    FusionMethod method = name.equals("pmf") ? new PmfMethod() : new WholeLayersMethod();
    List<PmfModel> models = new ArrayList<>();
    for (int outputs : OUTPUTS) {
      ParameterStore store = new ParameterStore(backend, outputs);
      stores.add(store);
      models.add(
          (PmfModel)
              method.build(encoders, outputs, PlannedMethod.settings(method, settings), store));
    }
    return models;
  }

  /** One row of the first model, the rest of the others: as each alone has them. */
  private void agree(Backend backend, List<PmfModel> all, Batch<Tensor> trunk) {
    assertThat(backend.info().can(Capability.EAGER)).isTrue();
    int rows = (int) ((TrunkOutput<Tensor>) trunk.inputs().get(first(trunk))).states().dim(0);
    List<Integer> counts = rows == 2 ? List.of(1, 1) : List.of(1, (rows - 1) / 2, rows / 2);
    List<PmfModel> models = all.subList(0, counts.size());
    List<float[]> mixed = mixed(backend, models, counts, trunk);
    int from = 0;
    for (int i = 0; i < models.size(); i++) {
      int to = from + counts.get(i);
      float[] alone = plain(backend, models.get(i), trunk);
      assertThat(mixed.get(i))
          .as("model %d", i)
          .containsExactly(
              Arrays.copyOfRange(alone, from * OUTPUTS[i], to * OUTPUTS[i]), within(TOLERANCE));
      assertThat(mixed(backend, List.of(models.get(i)), List.of(rows), trunk).get(0))
          .as("model %d with all rows", i)
          .containsExactly(alone, within(TOLERANCE));
      from = to;
    }
    assertThat(from).isEqualTo(rows);
    trunk.tensors().forEach(Tensor::close);
    stores.forEach(ParameterStore::close);
  }

  private static String first(Batch<Tensor> batch) {
    return batch.inputs().names().iterator().next();
  }

  private static float[] plain(Backend backend, PmfModel model, Batch<Tensor> trunk) {
    return run(backend, trunk, in -> List.of(model.logits(in))).get(0);
  }

  private static List<float[]> mixed(
      Backend backend, List<PmfModel> models, List<Integer> rows, Batch<Tensor> trunk) {
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      shares.add(new Share(models.get(i), rows.get(i)));
    }
    MixedBatches any = models.get(models.size() - 1);
    return run(backend, trunk, in -> any.logits(in, shares));
  }

  private interface Body {
    List<Tensor> apply(Named<Tokens> tokens);
  }

  private static List<float[]> run(Backend backend, Batch<Tensor> trunk, Body body) {
    try (Program program =
        backend.inference(
            "mixed",
            in -> {
              Map<String, Tensor> out = new LinkedHashMap<>();
              body.apply(PlacedTokens.of(BatchCodec.batch(in)))
                  .forEach(t -> out.put(Integer.toString(out.size()), t));
              return Named.of(out);
            })) {
      Named<Tensor> out = program.run(BatchCodec.names(trunk));
      List<float[]> all = out.asMap().values().stream().map(t -> backend.read(t).floats()).toList();
      out.asMap().values().forEach(Tensor::close);
      return all;
    }
  }
}
