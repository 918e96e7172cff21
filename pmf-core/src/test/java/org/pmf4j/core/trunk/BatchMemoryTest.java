package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

@DisplayName("Memory of batches")
class BatchMemoryTest {
  private final BatchMemory memory = new BatchMemory();

  private HostTensor tensor(float value, int length) {
    ByteBuffer all = memory.take(length * Float.BYTES);
    for (int i = 0; i < length; i++) {
      all.putFloat(value);
    }
    return memory.lend(Shape.of(length), DType.FLOAT32, all);
  }

  @Test
  @DisplayName("serves the next batch once it is given back")
  void isUsedAgain() {
    HostTensor first = tensor(1, 80);
    memory.giveBack(first);
    HostTensor second = tensor(2, 80);
    // The first was promised not to be read any more; here it tells that both are one memory.
    assertThat(first.floats()).isEqualTo(second.floats());
  }

  @Test
  @DisplayName("serves a batch that is a little longer, and then one that is shorter")
  void lengthsDiffer() {
    HostTensor first = tensor(1, 80);
    memory.giveBack(first);
    HostTensor longer = tensor(2, 85);
    assertThat(longer.floats()).hasSize(85).containsOnly(2);
    assertThat(first.floats()).containsOnly(2);
    memory.giveBack(longer);
    HostTensor shorter = tensor(3, 10);
    assertThat(shorter.floats()).hasSize(10).containsOnly(3);
    assertThat(longer.floats()).contains(2).contains(3);
  }

  @Test
  @DisplayName("stays apart while batches are in use")
  void staysApart() {
    HostTensor first = tensor(1, 80);
    HostTensor second = tensor(2, 80);
    memory.giveBack(second);
    HostTensor third = tensor(3, 80);
    assertThat(first.floats()).containsOnly(1);
    assertThat(third.floats()).containsOnly(3);
  }

  @Test
  @DisplayName("is not taken from tensors that came from elsewhere, nor twice from one")
  void onlyWhatWasLent() {
    HostTensor other = HostTensor.of(new float[80], 80);
    memory.giveBack(other);
    HostTensor first = tensor(1, 80);
    memory.giveBack(first);
    memory.giveBack(first);
    HostTensor second = tensor(2, 80);
    HostTensor third = tensor(3, 80);
    assertThat(other.floats()).containsOnly(0);
    assertThat(second.floats()).containsOnly(2);
    assertThat(third.floats()).containsOnly(3);
  }
}
