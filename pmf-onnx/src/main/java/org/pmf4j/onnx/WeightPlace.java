package org.pmf4j.onnx;

import java.util.Arrays;

/**
 * Where the elements of a weight lie: row-major and little endian, as in a file of safetensors.
 * Immutable, so that any number of threads may share it.
 *
 * @param file relative to the model's folder, below which readers want it, with {@code /}
 * @param offset of its first byte in the file
 * @param length in bytes
 */
public record WeightPlace(String file, long offset, long length) {
  /** Refuses a file outside the model's folder, and numbers below 0. */
  public WeightPlace {
    boolean below = !file.isEmpty() && !file.startsWith("/") && !file.contains("\\");
    if (!below || Arrays.asList(file.split("/")).contains("..")) {
      throw new IllegalArgumentException("'" + file + "' is not below the model's folder");
    }
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
  }
}
