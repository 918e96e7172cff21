package org.pmf4j.modalities.image;

import java.util.random.RandomGenerator;
import org.pmf4j.api.tensor.HostTensor;

/**
 * A symmetry of the square: all eight are a transposition or none, then columns reversed or not,
 * then rows reversed or not. Immutable, so that any number of threads may share it.
 *
 * @param transposed only for squares
 * @param reversedColumns left and right exchanged
 * @param reversedRows top and bottom exchanged
 */
public record Symmetry(boolean transposed, boolean reversedColumns, boolean reversedRows) {

  /** One of the eight symmetries of a square at random, or of the four of another rectangle. */
  public static Symmetry random(boolean square, RandomGenerator random) {
    return new Symmetry(square && random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
  }

  /**
   * Applies the symmetry.
   *
   * @param pixels FLOAT32 [C, H, W]
   * @return the same shape
   */
  public HostTensor of(HostTensor pixels) {
    long[] dims = pixels.shape().dims();
    int height = (int) dims[1];
    int width = (int) dims[2];
    if (transposed && height != width) {
      throw new IllegalArgumentException("no square: " + pixels);
    }
    float[] in = pixels.floats();
    float[] out = new float[in.length];
    int to = 0;
    for (int c = 0; c < dims[0]; c++) {
      int plane = c * height * width;
      for (int y = 0; y < height; y++) {
        int row = reversedRows ? height - 1 - y : y;
        for (int x = 0; x < width; x++) {
          int column = reversedColumns ? width - 1 - x : x;
          out[to++] = in[plane + (transposed ? column * width + row : row * width + column)];
        }
      }
    }
    return HostTensor.of(out, dims);
  }
}
