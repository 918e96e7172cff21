package org.pmf4j.spark;

import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.encoder.MatrixPrecision;

/**
 * Types of the encoders' matrices, as they are named to users. Has no state: any thread may call
 * it.
 */
public final class Precisions {
  /** The default. */
  public static final String SINGLE = "fp32";

  private Precisions() {}

  /**
   * The type of a name.
   *
   * @param name {@code fp32} or {@code bf16}
   * @throws PmfException if it is another
   */
  public static MatrixPrecision named(String name) {
    return switch (name) {
      case SINGLE -> MatrixPrecision.FLOAT32;
      case "bf16" -> MatrixPrecision.BFLOAT16;
      default ->
          throw PmfException.usage(
              "precision is " + Quote.value(name) + "; it can be fp32 or bf16");
    };
  }
}
