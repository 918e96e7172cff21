package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.WindowGrid;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.testkit.modality.RandomWeights;

/**
 * Layers in windows beside a layer of the same weights without, whose relative bias hides all pairs
 * that are not in one window, counted here pair by pair.
 */
@DisplayName("Attention in windows")
class WindowsTest {
  private static final long SEED = 11;
  private static final int WIDTH = 12;
  private static final int HEADS = 3;

  /** Single precision, sums in another order. */
  private static final double TOLERANCE = 1e-5;

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names("q", "k", "v", "o", "in", "out", "norm1", "norm2");
  private static final TransformerSpec SPEC =
      new TransformerSpec(WIDTH, HEADS, 10, Activation.GELU, TransformerSpec.Norm.PRE, 1e-5);

  private static Backend backend;
  private static RandomWeights weights;

  @BeforeAll
  static void open() {
    PluginRegistry plugins = PluginRegistry.discover(WindowsTest.class.getClassLoader());
    backend = plugins.backends().get("djl").open(BackendOptions.DEFAULT);
    weights = RandomWeights.of(backend, null);
  }

  @AfterAll
  static void close() {
    weights.close();
    backend.close();
  }

  @ParameterizedTest(name = "{0} × {1} in windows of {2}, shifted by {3}")
  @DisplayName("is that of a whole grid whose other pairs are hidden, with prompts and without")
  @CsvSource({"4, 6, 2, 0", "4, 6, 2, 1", "6, 9, 3, 1", "6, 3, 3, 2", "3, 3, 3, 0"})
  void hidesPairsOfOtherWindows(int rows, int columns, int side, int shift) {
    WindowGrid grid = new WindowGrid(rows, columns, side, shift);
    Named<Tensor> in =
        Named.of("tokens", random(SEED, 2, grid.tokens(), WIDTH))
            .with("prompts", random(SEED + 1, 1, 3, WIDTH))
            .map(backend::tensor);
    float[] inWindows = run(windowed(grid), in);
    float[] hidden = run(dense(grid), in);
    in.asMap().values().forEach(Tensor::close);
    assertThat(inWindows).as("seed %d", SEED).hasSameSizeAs(hidden);
    for (int i = 0; i < hidden.length; i++) {
      assertThat((double) inWindows[i])
          .as("seed %d, number %d", SEED, i)
          .isCloseTo(hidden[i], Offset.offset(TOLERANCE));
    }
  }

  @Test
  @DisplayName("needs the tokens of exactly its grid")
  void otherTokens() {
    EncoderLayer layer = windowed(new WindowGrid(4, 4, 2, 0));
    try (Tensor tokens = backend.tensor(random(SEED, 1, 15, WIDTH));
        Program program =
            backend.inference(
                "grid", t -> Named.of("out", layer.apply(Tokens.of(t.get("tokens"))).states()))) {
      assertThatThrownBy(() -> program.run(Named.of("tokens", tokens)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("are not the tokens of 4 rows and 4 columns");
    }
  }

  @Test
  @DisplayName("is refused to whole layers, of which prompts would be in no window")
  void wholeLayers() {
    assertThatThrownBy(() -> WholeLayer.hasPositions(windowed(new WindowGrid(4, 4, 2, 0))))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("cut into windows");
  }

  /** All tokens beside prompts, the first two, all alone, all once settled, and the prompts. */
  private static float[] run(EncoderLayer layer, Named<Tensor> in) {
    try (Program program =
            backend.inference(
                "windows",
                t -> {
                  Tokens all = Tokens.of(t.get("tokens"));
                  Tokens prompts = Tokens.prompts(t.get("prompts"));
                  Tokens first = all.first(all.states().slice(1, 0, 2));
                  Tokens settled = all.withSettled(layer.settle(all));
                  Memory memory = layer.memory(all).join(layer.memory(prompts));
                  Memory known = layer.memory(settled).join(layer.memory(prompts));
                  return Named.of(
                      "out",
                      Tensor.concat(
                          1,
                          layer.attend(all, memory),
                          layer.attend(first, memory),
                          layer.apply(all).states(),
                          layer.attend(settled, known),
                          layer.attend(prompts, memory)));
                });
        Tensor out = program.run(in).get("out")) {
      return backend.read(out).floats();
    }
  }

  private static EncoderLayer windowed(WindowGrid grid) {
    int side = grid.side();
    int tokens = grid.windowTokens();
    long[] index = new long[tokens * tokens];
    for (int i = 0; i < index.length; i++) {
      int a = i / tokens;
      int b = i % tokens;
      index[i] = kind(a / side - b / side, a % side - b % side, side);
    }
    Tensor kinds = weights.constant("kinds of " + side, HostTensor.of(index, tokens, tokens));
    Tensor regions = weights.constant("regions of " + grid, grid.regions());
    return layer(
        List.of(
            new PositionRule.RelativeBias(table(side, false), kinds),
            new PositionRule.Windows(grid, grid.shift() == 0 ? null : regions)));
  }

  private static EncoderLayer dense(WindowGrid grid) {
    int tokens = grid.tokens();
    long[] index = new long[tokens * tokens];
    for (int i = 0; i < index.length; i++) {
      int a = i / tokens;
      int b = i % tokens;
      int down = a / grid.columns() - b / grid.columns();
      int across = a % grid.columns() - b % grid.columns();
      boolean together =
          window(a / grid.columns(), grid) == window(b / grid.columns(), grid)
              && window(a % grid.columns(), grid) == window(b % grid.columns(), grid);
      index[i] = together ? kind(down, across, grid.side()) : kinds(grid.side());
    }
    Tensor all = weights.constant("all kinds of " + grid, HostTensor.of(index, tokens, tokens));
    return layer(List.of(new PositionRule.RelativeBias(table(grid.side(), true), all)));
  }

  /** Shifted windows begin before the grid and end behind it. */
  private static int window(int at, WindowGrid grid) {
    return Math.floorDiv(at - grid.shift(), grid.side());
  }

  private static int kinds(int side) {
    return (2 * side - 1) * (2 * side - 1);
  }

  private static int kind(int down, int across, int side) {
    return (down + side - 1) * (2 * side - 1) + across + side - 1;
  }

  /** Biases of all distances, and perhaps one more that hides. */
  private static Tensor table(int side, boolean hiding) {
    SplittableRandom random = new SplittableRandom(SEED + 2);
    float[] values = new float[(kinds(side) + (hiding ? 1 : 0)) * HEADS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < kinds(side) * HEADS ? (float) random.nextGaussian() : -1e9f;
    }
    return weights.constant(
        "table of " + side + hiding, HostTensor.of(values, values.length / HEADS, HEADS));
  }

  private static EncoderLayer layer(List<PositionRule> rules) {
    return new StandardTransformerLayers().layer(SPEC, NAMES, rules, weights);
  }

  private static HostTensor random(long seed, long... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[(int) (dims[0] * dims[1] * dims[2])];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims);
  }
}
