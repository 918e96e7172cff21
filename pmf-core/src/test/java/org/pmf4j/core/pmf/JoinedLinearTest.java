package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.fusion.parts.JoinedLinear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.plugin.PluginRegistry;

class JoinedLinearTest {
  /** Absolute, on values of size 1 to 5: single precision, sums of other lengths. */
  private static final double TOLERANCE = 1e-5;

  private static final Named<Integer> WIDTHS = Named.of("a", 2).with("b", 3).with("c", 4);

  private static HostTensor random(long seed, long... dims) {
    Random random = new Random(seed);
    float[] values = new float[(int) (dims[0] * (dims.length > 1 ? dims[1] : 1))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims);
  }

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"a", "b", "c", "ab", "bc", "ac"})
  void aMissingVectorCountsAsZeros(String missing) {
    PluginRegistry plugins = PluginRegistry.discover(JoinedLinearTest.class.getClassLoader());
    try (Backend backend =
            plugins.backends().get(TinyEncoders.BACKEND).open(BackendOptions.DEFAULT);
        Parameter weight = backend.parameter("weight", random(1, 5, 9));
        Parameter bias = backend.parameter("bias", random(2, 5))) {
      JoinedLinear layer = new JoinedLinear(WIDTHS, weight, bias);
      Map<String, HostTensor> some = new LinkedHashMap<>();
      Map<String, HostTensor> zeros = new LinkedHashMap<>();
      WIDTHS
          .asMap()
          .forEach(
              (m, d) -> {
                HostTensor x = random(d, 3, d);
                if (missing.contains(m)) {
                  zeros.put(m, HostTensor.of(new float[3 * d], 3, d));
                } else {
                  some.put(m, x);
                  zeros.put(m, x);
                }
              });
      assertThat(some.keySet()).isNotEqualTo(Set.copyOf(zeros.keySet()));

      List<float[]> found = run(backend, layer, Named.of(some));
      List<float[]> expected = run(backend, layer, Named.of(zeros));
      for (int i = 0; i < found.size(); i++) {
        for (int j = 0; j < found.get(i).length; j++) {
          assertThat((double) found.get(i)[j]).isCloseTo(expected.get(i)[j], within(TOLERANCE));
        }
      }
    }
  }

  /** Outputs, and the gradients of their mean square by weight and bias. */
  private static List<float[]> run(Backend backend, JoinedLinear layer, Named<HostTensor> in) {
    Named<Tensor> placed = in.map(backend::tensor);
    List<float[]> found = new ArrayList<>();
    try (Program program =
        backend.training(
            "joined",
            (x, tape) -> {
              Tensor y = layer.apply(x);
              List<Tensor> g =
                  tape.gradients(
                      y.square().mean().reshape(1), List.of(layer.weight(), layer.bias()));
              return Named.of("y", y).with("weight", g.get(0)).with("bias", g.get(1));
            })) {
      Named<Tensor> out = program.run(placed);
      for (String name : List.of("y", "weight", "bias")) {
        found.add(backend.read(out.get(name)).floats());
      }
      out.asMap().values().forEach(Tensor::close);
    } finally {
      placed.asMap().values().forEach(Tensor::close);
    }
    return found;
  }
}
