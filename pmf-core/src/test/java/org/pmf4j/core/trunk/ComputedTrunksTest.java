package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.batch.ModalityInput;

@DisplayName("Trunks that are computed anew")
class ComputedTrunksTest {
  /** The checked backend, which closes at the end, would tell of the images' trunk. */
  @Test
  @DisplayName("leave nothing open when the second modality's trunk fails")
  void nothingIsLeftOpen() {
    try (TinyEncoders tiny = new TinyEncoders();
        ComputedTrunks trunks =
            new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(1))) {
      Batch<HostTensor> prepared = trunks.prepare(tiny.examples().subList(0, 1));
      Named<HostTensor> text = prepared.encoderInput("text");
      HostTensor ids = text.get("input_ids");
      long[] outside = new long[Math.toIntExact(ids.shape().size())];
      outside[0] = Long.MAX_VALUE;
      Named<HostTensor> wrong = text.with("input_ids", HostTensor.of(outside, ids.shape().dims()));
      Batch<HostTensor> broken =
          Batch.of(prepared.inputs().with("text", new ModalityInput.EncoderInput<>(wrong)));
      assertThatThrownBy(() -> trunks.place(broken))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("program 'trunk'");
    }
  }
}
