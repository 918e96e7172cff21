package org.pmf4j.testkit.plain;

import java.util.Arrays;

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

  /** Adds A · B to C: a row of C is the sum of the rows of B, each times an element of A. */
  private void addTo(double[] c, double[] a, double[] b) {
    double[][] rowsOfB = new double[inner][];
    double[] row = new double[columns];
    for (int n = 0; n < count; n++) {
      for (int k = 0; k < inner; k++) {
        int start = (n * inner + k) * columns;
        rowsOfB[k] = Arrays.copyOfRange(b, start, start + columns);
      }
      for (int i = n * rows; i < (n + 1) * rows; i++) {
        System.arraycopy(c, i * columns, row, 0, columns);
        for (int k = 0; k < inner; k++) {
          addMultiple(row, a[i * inner + k], rowsOfB[k]);
        }
        System.arraycopy(row, 0, c, i * columns, columns);
      }
    }
  }

  /** Whole arrays from 0 on: a loop that the compiler makes vector instructions of. */
  private static void addMultiple(double[] row, double factor, double[] other) {
    for (int j = 0; j < row.length; j++) {
      row[j] += factor * other[j];
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
