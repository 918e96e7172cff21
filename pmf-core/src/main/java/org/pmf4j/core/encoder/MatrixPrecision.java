package org.pmf4j.core.encoder;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/** The type in which frozen matrices are held and multiplied. */
public enum MatrixPrecision {
  /** Single precision. */
  FLOAT32 {
    @Override
    HostTensor convert(HostTensor value) {
      return value;
    }
  },
  /** Half the memory and, on processors made for it, several times the speed; not bit-exact. */
  BFLOAT16 {
    @Override
    HostTensor convert(HostTensor value) {
      int n = Math.toIntExact(value.shape().size());
      ByteBuffer out = HostTensor.direct(n, DType.BFLOAT16);
      FloatBuffer in = value.data().asFloatBuffer();
      for (int i = 0; i < n; i++) {
        out.putShort(2 * i, round(in.get(i)));
      }
      return new HostTensor(value.shape(), DType.BFLOAT16, out);
    }
  };

  abstract HostTensor convert(HostTensor value);

  /** To nearest, ties to even. */
  private static short round(float f) {
    int bits = Float.floatToRawIntBits(f);
    if (Float.isNaN(f)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }
}
