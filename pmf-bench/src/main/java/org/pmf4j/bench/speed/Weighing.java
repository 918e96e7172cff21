package org.pmf4j.bench.speed;

/**
 * The weights of a variant's encoders that a step reads, in bytes, from the sizes alone. The word
 * embeddings are left out: a batch reads a few rows of them.
 *
 * @param sizes of the encoders
 */
record Weighing(Sizes sizes) {

  /**
   * Bytes of the weights that a variant uses.
   *
   * @param precision {@code fp32} or {@code bf16}, of the matrices
   */
  double bytes(Variant variant, String precision) {
    double matrix = precision.equals("bf16") && variant != Variant.FULL_STEP ? 2 : 4;
    boolean cached = variant.trunk() == Variant.Trunk.CACHED;
    int layers = cached ? sizes.fusionLayers() : sizes.depth();
    double bytes = 2 * layers * (matrices() * matrix + 4 * 4 * sizes.width());
    return cached ? bytes : bytes + matrix * 3 * Sizes.PATCH * Sizes.PATCH * sizes.width();
  }

  /** Elements of a layer's matrices and their biases. */
  private double matrices() {
    double d = sizes.width();
    double m = sizes.mlp();
    return 4 * d * (d + 1) + 2 * d * m + m + d;
  }
}
