package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** The family's encoder on what the preprocessor gives. */
abstract class EncoderTests {
  /**
   * Padded sums add zeros in another order and in other blocks: a few roundings of FLOAT32, at
   * values of about 1.
   */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  private final ModalityConformance suite;

  EncoderTests(ModalityConformance suite) {
    this.suite = suite;
  }

  private record Run(Encoder encoder, List<Named<HostTensor>> samples, Named<HostTensor> batch) {}

  private interface Check {
    void of(Run run, Program program);
  }

  private void check(Check check) {
    try (Preprocessor preprocessor = suite.preprocessor();
        RandomWeights weights = RandomWeights.of(suite.openBackend(), null)) {
      Encoder encoder = suite.family().build(suite.config(), weights, suite.layers());
      List<Named<HostTensor>> samples = suite.prepared(preprocessor);
      List<Named<HostTensor>> singles = new ArrayList<>();
      samples.forEach(s -> singles.add(preprocessor.collate(List.of(s))));
      try (Program program = suite.openBackend().inference("conformance", in -> run(encoder, in))) {
        check.of(new Run(encoder, singles, preprocessor.collate(samples)), program);
      }
    }
  }

  /** All layers; the last one also at the rows alone that pooling reads. */
  private static Named<Tensor> run(Encoder encoder, Named<Tensor> inputs) {
    Tokens tokens = encoder.embed(inputs);
    Named<Tensor> out = Named.of("embedded", tokens.states());
    if (tokens.mask() != null) {
      out = out.with("mask", tokens.mask().cast(DType.FLOAT32));
    }
    Tokens before = tokens;
    for (EncoderLayer layer : encoder.layers()) {
      before = tokens;
      tokens = layer.apply(tokens);
    }
    Tensor whole = encoder.finalNorm(encoder.pooling().rows(tokens.states()));
    EncoderLayer last = encoder.layers().get(encoder.depth() - 1);
    Tensor rows = encoder.pooling().rows(before.states());
    Tensor few = encoder.finalNorm(last.attend(before.first(rows), last.memory(before)));
    Tokens known = before.withSettled(last.settle(before));
    Tensor settled = encoder.finalNorm(last.attend(known.first(rows), last.memory(known)));
    return out.with("settled", encoder.pooling().pool(settled, tokens.mask()))
        .with("states", tokens.states())
        .with("normed", encoder.finalNorm(tokens.states()))
        .with("pooled", encoder.pooling().pool(whole, tokens.mask()))
        .with("few", encoder.pooling().pool(few, tokens.mask()));
  }

  private Named<HostTensor> outputs(Program program, Named<HostTensor> inputs) {
    return Programs.run(suite.openBackend(), program, inputs);
  }

  @Test
  @DisplayName("has the layers that its configuration asks for")
  void layers() {
    check(
        (run, program) -> {
          assertThat(run.encoder.layers()).hasSize(suite.depth(suite.config()));
          assertThat(run.encoder.depth()).isEqualTo(run.encoder.layers().size());
          EncoderShape built = EncoderShape.of(run.encoder);
          assertThat(suite.family().shape(suite.config()).orElse(built)).isEqualTo(built);
        });
  }

  @Test
  @DisplayName(
      "takes the inputs under their names, and gives states and pooled vectors of its width")
  void shapes() {
    check(
        (run, program) -> {
          Named<HostTensor> out = outputs(program, run.batch);
          long b = run.samples.size();
          long d = run.encoder.width();
          HostTensor embedded = out.get("embedded");
          assertThat(embedded.dtype()).isEqualTo(DType.FLOAT32);
          assertThat(embedded.shape().rank()).isEqualTo(3);
          long n = embedded.shape().dim(1);
          assertThat(embedded.shape()).isEqualTo(Shape.of(b, n, d));
          assertThat(out.get("states").shape()).isEqualTo(Shape.of(b, n, d));
          assertThat(out.get("normed").shape()).isEqualTo(Shape.of(b, n, d));
          assertThat(out.get("pooled").shape()).isEqualTo(Shape.of(b, d));
          if (out.has("mask")) {
            assertThat(out.get("mask").shape()).isEqualTo(Shape.of(b, n));
          }
          for (float v : out.get("pooled").floats()) {
            assertThat(v).isFinite();
          }
        });
  }

  @Test
  @DisplayName("gives for a padded batch what it gives for each sample alone")
  void paddingIsNotSeen() {
    check(
        (run, program) -> {
          float[] together = outputs(program, run.batch).get("pooled").floats();
          int d = run.encoder.width();
          for (int i = 0; i < run.samples.size(); i++) {
            float[] alone = outputs(program, run.samples.get(i)).get("pooled").floats();
            for (int j = 0; j < d; j++) {
              assertThat(together[i * d + j])
                  .as("sample %d, element %d", i, j)
                  .isCloseTo(alone[j], ROUNDING);
            }
          }
        });
  }

  @Test
  @DisplayName("tells different samples apart")
  void samplesDiffer() {
    check(
        (run, program) -> {
          float[] first = outputs(program, run.samples.get(0)).get("pooled").floats();
          float[] second = outputs(program, run.samples.get(1)).get("pooled").floats();
          assertThat(first).isNotEqualTo(second);
        });
  }

  @Test
  @DisplayName("pools rows that the last layer may compute alone")
  void fewRows() {
    check(
        (run, program) -> {
          Named<HostTensor> out = outputs(program, run.batch);
          float[] few = out.get("few").floats();
          float[] whole = out.get("pooled").floats();
          for (int i = 0; i < few.length; i++) {
            assertThat(few[i]).isCloseTo(whole[i], ROUNDING);
          }
        });
  }

  @Test
  @DisplayName("gives the same where its last layer has settled what follows from a sequence alone")
  void settled() {
    check(
        (run, program) -> {
          Named<HostTensor> out = outputs(program, run.batch);
          float[] settled = out.get("settled").floats();
          float[] whole = out.get("pooled").floats();
          for (int i = 0; i < settled.length; i++) {
            assertThat(settled[i]).isCloseTo(whole[i], ROUNDING);
          }
        });
  }

  @Test
  @DisplayName("is a pure function: again the same bits")
  void pure() {
    check(
        (run, program) ->
            PreparingTests.assertSame(
                List.of(outputs(program, run.batch)), List.of(outputs(program, run.batch))));
  }
}
