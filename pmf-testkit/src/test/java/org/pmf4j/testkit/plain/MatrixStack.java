package org.pmf4j.testkit.plain;

/**
 * A product of two stacks of matrices on row-major arrays, C = A · B for each pair. The innermost
 * loop runs along rows of B and C, whose elements are neighbours in memory.
 *
 * @param count matrices in a stack
 * @param rows of A and C
 * @param inner columns of A, rows of B
 * @param columns of B and C
 */
record MatrixStack(int count, int rows, int inner, int columns) {

  /** C. */
  double[] of(double[] a, double[] b) {
    double[] c = new double[count * rows * columns];
    addTo(c, a, b);
    return c;
  }

  /** Adds A · B to C, row by row: a row of C is the sum of the rows of B, times those of A. */
  private void addTo(double[] c, double[] a, double[] b) {
    double[] row = new double[columns];
    for (int i = 0; i < count * rows; i++) {
      System.arraycopy(c, i * columns, row, 0, columns);
      int startOfA = i * inner;
      int startOfB = i / rows * inner * columns;
      int k = 0;
      for (; k + 3 < inner; k += 4) {
        addFour(row, a, startOfA + k, b, startOfB + k * columns);
      }
      for (; k < inner; k++) {
        addOne(row, a[startOfA + k], b, startOfB + k * columns);
      }
      System.arraycopy(row, 0, c, i * columns, columns);
    }
  }

  /** Four rows of B at once, so that the sums are fetched and stored a quarter as often. */
  private static void addFour(double[] row, double[] a, int startOfA, double[] b, int startOfB) {
    double p = a[startOfA];
    double q = a[startOfA + 1];
    double r = a[startOfA + 2];
    double s = a[startOfA + 3];
    int second = startOfB + row.length;
    int third = second + row.length;
    int fourth = third + row.length;
    for (int j = 0; j < row.length; j++) {
      row[j] += p * b[startOfB + j] + q * b[second + j] + r * b[third + j] + s * b[fourth + j];
    }
  }

  private static void addOne(double[] row, double factor, double[] b, int start) {
    for (int j = 0; j < row.length; j++) {
      row[j] += factor * b[start + j];
    }
  }

  /** Adds G · Bᵀ. */
  void addGradientA(double[] gradient, double[] b, double[] sum) {
    new MatrixStack(count, rows, /* inner= */ columns, /* columns= */ inner)
        .addTo(sum, gradient, transposed(b, count, inner, columns));
  }

  /** Adds Aᵀ · G. */
  void addGradientB(double[] a, double[] gradient, double[] sum) {
    new MatrixStack(count, /* rows= */ inner, /* inner= */ rows, columns)
        .addTo(sum, transposed(a, count, rows, inner), gradient);
  }

  private static double[] transposed(double[] matrices, int count, int rows, int columns) {
    double[] result = new double[matrices.length];
    for (int n = 0; n < count; n++) {
      int start = n * rows * columns;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          result[start + j * rows + i] = matrices[start + i * columns + j];
        }
      }
    }
    return result;
  }
}
