package org.pmf4j.core.safetensors;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.file.Shown;

/** Finds what no training writes: NaN and infinity. Has no state: any thread may call it. */
public final class Numbers {
  private Numbers() {}

  /**
   * Refuses a tensor with values that are no numbers.
   *
   * @param file for the message
   * @throws PmfException naming file, tensor and place
   */
  public static void require(Path file, String name, HostTensor tensor) {
    long at = firstOther(tensor);
    if (at >= 0) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has a value that is not a number (element %d of %d); the file is damaged, or was saved by a training that had failed",
              file,
              Shown.plain(name),
              at + 1,
              tensor.shape().size()));
    }
  }

  /** The place of the first value that is NaN or infinite; −1 if there is none. */
  public static long firstOther(HostTensor tensor) {
    if (tensor.dtype() == DType.FLOAT32) {
      FloatBuffer values = tensor.data().asFloatBuffer();
      for (int i = 0; i < values.limit(); i++) {
        if (!Float.isFinite(values.get(i))) {
          return i;
        }
      }
    } else if (tensor.dtype() == DType.FLOAT64) {
      DoubleBuffer values = tensor.data().asDoubleBuffer();
      for (int i = 0; i < values.limit(); i++) {
        if (!Double.isFinite(values.get(i))) {
          return i;
        }
      }
    }
    return -1;
  }
}
