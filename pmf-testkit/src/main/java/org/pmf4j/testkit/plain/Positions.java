package org.pmf4j.testkit.plain;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.Shape;

/**
 * Where the elements of a result come from: for each of its positions, in row-major order, a
 * position in the operand. Broadcasting, permuting, slicing and repeating differ in the strides
 * with which the operand is walked, and in nothing else.
 */
final class Positions {
  private Positions() {}

  /**
   * The positions met by a walk.
   *
   * @param start where it begins
   * @param strides how far a step along each dimension of the result goes in the operand
   */
  static int[] walk(Shape result, int start, int[] strides) {
    int[] positions = {start};
    for (int axis = 0; axis < strides.length; axis++) {
      int length = Math.toIntExact(result.dim(axis));
      int[] finer = new int[positions.length * length];
      int next = 0;
      for (int position : positions) {
        for (int i = 0; i < length; i++) {
          finer[next++] = position + i * strides[axis];
        }
      }
      positions = finer;
    }
    return positions;
  }

  /** How far apart neighbours along each dimension are in row-major order. */
  static int[] strides(Shape shape) {
    int[] strides = new int[shape.rank()];
    int stride = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= Math.toIntExact(shape.dim(axis));
    }
    return strides;
  }

  /** Broadcasting: along a dimension of size 1, or one that is missing in front, nobody moves. */
  static int[] broadcast(Shape from, Shape to) {
    int[] own = strides(from);
    int[] strides = new int[to.rank()];
    int missing = to.rank() - from.rank();
    for (int axis = 0; axis < own.length; axis++) {
      strides[missing + axis] = from.dim(axis) == 1 ? 0 : own[axis];
    }
    return walk(to, 0, strides);
  }

  /** Permuting: the same strides in another order. */
  static int[] permute(Shape from, Shape to, int[] axes) {
    int[] own = strides(from);
    return walk(to, 0, Arrays.stream(axes).map(axis -> own[axis]).toArray());
  }

  /** Slicing: the same strides from another start. */
  static int[] slice(Shape from, Shape to, int axis, long first) {
    int[] own = strides(from);
    return walk(to, Math.toIntExact(first) * own[axis], own);
  }

  /** Concatenating: from parts that lie behind each other, a block of each in turn. */
  static int[] interleave(List<Shape> parts, int axis) {
    int[] starts = new int[parts.size()];
    int[] blocks = new int[parts.size()];
    int size = 0;
    for (int part = 0; part < starts.length; part++) {
      starts[part] = size;
      blocks[part] = strides(parts.get(part))[axis] * Math.toIntExact(parts.get(part).dim(axis));
      size += Math.toIntExact(parts.get(part).size());
    }
    int[] positions = new int[size];
    int next = 0;
    while (next < size) {
      for (int part = 0; part < starts.length; part++) {
        for (int i = 0; i < blocks[part]; i++) {
          positions[next++] = starts[part]++;
        }
      }
    }
    return positions;
  }
}
