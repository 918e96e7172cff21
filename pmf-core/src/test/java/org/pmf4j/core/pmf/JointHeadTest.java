package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.training.ParameterStore;

@DisplayName("A joint head")
class JointHeadTest {
  private static final Named<Integer> WIDTHS = Named.of(widths());
  private static final int OUTPUTS = 3;

  private static TinyEncoders tiny;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  private static Map<String, Integer> widths() {
    Map<String, Integer> widths = new LinkedHashMap<>();
    widths.put("image", 4);
    widths.put("text", 2);
    return widths;
  }

  private static PmfSettings settings(Map<String, Object> changes) {
    return new PmfSettings(PlannedMethod.settings(new PmfMethod(), changes));
  }

  private static Head head(Map<String, Object> changes, ParameterStore store) {
    return Head.Kind.JOINT.build(WIDTHS, OUTPUTS, settings(changes), store);
  }

  private static ParameterStore trainedOn(long rows) {
    return ParameterStore.trainedOn(rows, tiny.backend(), 3, name -> null);
  }

  /** Logits of one sample whose picture's vector is scaled and shifted. */
  private static float[] logits(Map<String, Object> changes, float scale, float shift) {
    float[] image = {scale + shift, -2 * scale + shift, 0.5f * scale + shift, shift};
    try (ParameterStore store = trainedOn(100)) {
      Head head = head(changes, store);
      return run(
          in -> head.logits(in),
          Map.of(
              "image",
              HostTensor.of(image, 1, 4),
              "text",
              HostTensor.of(new float[] {1, 3}, 1, 2)));
    }
  }

  private static float[] run(Function<Named<Tensor>, Tensor> f, Map<String, HostTensor> inputs) {
    Backend backend = tiny.backend();
    Named<Tensor> in = Named.of(inputs).map(backend::tensor);
    try (Program program = backend.inference("head", n -> Named.of("out", f.apply(n)));
        Tensor out = program.run(in).get("out")) {
      return backend.read(out).floats();
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  @Test
  @DisplayName("does not care how large an encoder's vectors are, or around what they lie")
  void normalized() {
    float[] logits = logits(Map.of(), 1, 0);
    // The variance is told apart from 0 by 1e-5, of about 1
    assertThat(logits(Map.of(), 40, 7)).containsExactly(logits, within(1e-4f));
    assertThat(logits(Map.of("head-norm", false), 40, 7)[0])
        .isNotCloseTo(logits(Map.of("head-norm", false), 1, 0)[0], within(0.1f));
  }

  @Test
  @DisplayName("is penalised by the squares of its matrices, the less the more rows there are")
  void penalized() {
    // λ/2 with λ = 10 over the rows, of which 300 count at least
    assertThat(penalty(100)).isCloseTo(5 / 300.0 * squares(), within(1e-5));
    assertThat(penalty(1000)).isCloseTo(5 / 1000.0 * squares(), within(1e-5));
  }

  private static double penalty(long rows) {
    try (ParameterStore store = trainedOn(rows)) {
      Head head = head(Map.of(), store);
      return run(in -> head.penalty().orElseThrow(), Map.of("x", HostTensor.of(new float[1], 1)))[
          0];
    }
  }

  private static double squares() {
    try (ParameterStore store = trainedOn(1)) {
      head(Map.of(), store);
      double sum = 0;
      for (Parameter p : store.all()) {
        if (p.name().endsWith(".weight")) {
          for (float w : tiny.backend().read(p.value()).floats()) {
            sum += (double) w * w;
          }
        }
      }
      return sum;
    }
  }

  @Test
  @DisplayName("is not penalised where that is declined, or nothing is trained")
  void withoutPenalty() {
    try (ParameterStore store = trainedOn(100)) {
      assertThat(head(Map.of("head-penalty", 0), store).penalty()).isEmpty();
    }
    try (ParameterStore store = new ParameterStore(tiny.backend(), 3)) {
      assertThat(head(Map.of(), store).penalty()).isEmpty();
    }
  }
}
