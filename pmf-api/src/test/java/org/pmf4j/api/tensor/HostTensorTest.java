package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class HostTensorTest {
  @Test
  void elementsComeBackInTheirOwnType() {
    assertThat(HostTensor.of(new float[] {1, 2}, 2).floats()).containsExactly(1, 2);
    assertThat(HostTensor.of(new double[] {0.1}, 1).doubles()).containsExactly(0.1);
    assertThat(HostTensor.of(new long[] {1L << 60}, 1).longs()).containsExactly(1L << 60);
    assertThat(HostTensor.of(new boolean[] {true, false}, 2).booleans())
        .containsExactly(true, false);
  }

  @Test
  void floatingTypesAreWidenedAndRounded() {
    assertThat(HostTensor.of(new float[] {0.5f}, 1).doubles()).containsExactly(0.5);
    assertThat(HostTensor.of(new double[] {0.1}, 1).floats()).containsExactly(0.1f);
  }

  @Test
  void bfloat16IsTheUpperHalfOfAFloat() {
    ByteBuffer bytes = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) 0x3f80).putShort((short) 0xc040).putShort((short) 0x7f80).flip();
    HostTensor t = new HostTensor(Shape.of(3), DType.BFLOAT16, bytes);
    assertThat(t.floats()).containsExactly(1, -3, Float.POSITIVE_INFINITY);
    assertThat(t.doubles()).containsExactly(1, -3, Double.POSITIVE_INFINITY);
  }

  @Test
  void askingForAnotherTypeIsRefused() {
    HostTensor ids = HostTensor.of(new long[] {1}, 1);
    assertThatThrownBy(ids::floats)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("floats asked of a INT64 tensor");
    assertThatThrownBy(ids::doubles).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(ids::booleans).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(HostTensor.of(new float[1], 1)::longs)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBufferThatDoesNotFillTheShapeIsRefused() {
    assertThatThrownBy(() -> new HostTensor(Shape.of(2, 3), DType.FLOAT32, ByteBuffer.allocate(20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("FLOAT32 [2, 3] takes 24 bytes, got 20");
    assertThatThrownBy(() -> HostTensor.of(new float[5], 2, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readingDoesNotMoveTheBuffer() {
    HostTensor t = HostTensor.of(new float[] {1, 2}, 2);
    t.data().getFloat();
    assertThat(t.data().position()).isZero();
    assertThat(t.data().order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    assertThat(t.floats()).containsExactly(1, 2);
  }

  @Test
  void onlyWhatRemainsOfABufferIsTaken() {
    ByteBuffer b = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    b.putFloat(4, 7).position(4).limit(8);
    assertThat(new HostTensor(Shape.of(1), DType.FLOAT32, b).floats()).containsExactly(7);
  }

  @Test
  void zerosAreZero() {
    HostTensor t = HostTensor.zeros(Shape.of(2, 2));
    assertThat(t).hasToString("FLOAT32 [2, 2]");
    assertThat(t.floats()).containsOnly(0);
  }

  @Test
  void aSmallCopyOfAnArrayTakesNoMemoryOutsideOfTheHeap() {
    assertThat(HostTensor.of(new float[] {1, 2}, 2).data().isDirect()).isFalse();
    assertThat(HostTensor.of(new long[4_096], 4_096).data().isDirect()).isTrue();
  }
}
