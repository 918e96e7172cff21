package org.pmf4j.testkit.plain;

import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.NeuralKernels;
import org.pmf4j.api.tensor.Shape;

/**
 * The operations of transformers. All but {@link #gather} are the API's own compositions, which
 * release nothing on the way: here the garbage collector does.
 */
interface PlainNeural extends PlainMatrix, PlainReduction, NeuralKernels<PlainValue> {
  @Override
  default PlainValue gather(PlainValue table, PlainValue indices) {
    LongArray rows = (LongArray) indices.array();
    int width = Math.toIntExact(table.array().shape().dim(1));
    int[] positions = new int[rows.size() * width];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = row(table, rows.values()[i / width]) * width + i % width;
    }
    Shape flat = Shape.of(rows.size(), width);
    return reshape(Pick.elements(table, flat, positions), withLast(rows.shape(), width), null);
  }

  private static int row(PlainValue table, long index) {
    long rows = table.array().shape().dim(0);
    if (index < 0 || index >= rows) {
      throw PmfException.computation("gather: index " + index + " of a table of " + rows + " rows");
    }
    return (int) index;
  }

  private static Shape withLast(Shape shape, long last) {
    long[] dims = java.util.Arrays.copyOf(shape.dims(), shape.rank() + 1);
    dims[shape.rank()] = last;
    return Shape.of(dims);
  }
}
