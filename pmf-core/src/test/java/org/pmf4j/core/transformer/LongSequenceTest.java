package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.PositionedEncoders;

@DisplayName("A long sequence")
class LongSequenceTest {
  private static final long SEED = 5;

  /** The scores of all with all would be 72 million for two heads: more than are held at once. */
  private static final int TOKENS = 6000;

  /** Sums of thousands of shares in another order. */
  private static final float TOLERANCE = 1e-4f;

  @Test
  @DisplayName("is settled some queries after the others, to what its layer gives")
  void isSettledInParts() {
    try (PositionedEncoders encoders = new PositionedEncoders()) {
      EncoderLayer layer = encoders.encoder("vit-patch-8").layers().get(1);
      int width = encoders.encoder("vit-patch-8").width();
      SplittableRandom random = new SplittableRandom(SEED);
      float[] states = new float[TOKENS * width];
      for (int i = 0; i < states.length; i++) {
        states[i] = (float) random.nextGaussian();
      }
      try (Tensor in = encoders.backend().tensor(HostTensor.of(states, 1, TOKENS, width));
          Program program =
              encoders
                  .backend()
                  .inference(
                      "both",
                      t -> {
                        Tokens plain = Tokens.of(t.get("x"));
                        Tokens settled = plain.withSettled(layer.settle(plain));
                        return Named.of("plain", layer.apply(plain).states())
                            .with("settled", layer.apply(settled).states());
                      })) {
        Named<Tensor> out = program.run(Named.of("x", in));
        float[] plain = encoders.backend().read(out.get("plain")).floats();
        float[] settled = encoders.backend().read(out.get("settled")).floats();
        out.asMap().values().forEach(Tensor::close);
        assertThat(settled).as("seed %d", SEED).containsExactly(plain, within(TOLERANCE));
      }
    }
  }
}
