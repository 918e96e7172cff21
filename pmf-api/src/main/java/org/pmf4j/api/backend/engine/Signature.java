package org.pmf4j.api.backend.engine;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * Names, types and shapes of a program's inputs. Immutable, so that any number of threads may share
 * it.
 *
 * @param inputs in order
 * @since API version 2
 */
public record Signature(List<Input> inputs) {

  /**
   * One input. Immutable, so that any number of threads may share it.
   *
   * @param name by which the body asks for it
   * @param shape its dimensions, some of which may be open
   * @param dtype type of its elements
   * @since API version 2
   */
  public record Input(String name, Shape shape, DType dtype) {}

  /** Copies the list. */
  public Signature {
    inputs = List.copyOf(inputs);
  }

  /** The signature of values. */
  public static <V> Signature of(Named<TypedValue<V>> values) {
    List<Input> inputs = new ArrayList<>();
    values.asMap().forEach((name, v) -> inputs.add(new Input(name, v.shape(), v.dtype())));
    return new Signature(inputs);
  }

  /** This signature with the dimensions left open that {@code openness} leaves open. */
  public Signature with(Openness openness) {
    return new Signature(
        inputs.stream().map(i -> new Input(i.name(), openness.of(i.shape()), i.dtype())).toList());
  }

  /**
   * Which dimensions a graph leaves open. A dimension of 1 never is, because broadcasting treats it
   * in its own way, nor is 0. Immutable, so that any number of threads may share it.
   *
   * @since API version 2
   */
  public enum Openness {
    /**
     * The batch, the second of up to three dimensions, which is the length of sequences, and the
     * only dimension of a list: rows of a batch that are told by number are as many as its padding
     * leaves, so that nearly every batch would ask for a graph of its own.
     */
    BATCH_AND_LENGTH {
      @Override
      Shape of(Shape shape) {
        return switch (shape.rank()) {
          case 1 -> open(shape, 0);
          case 2, 3 -> open(BATCH.of(shape), 1);
          default -> BATCH.of(shape);
        };
      }
    },
    /** The first of two dimensions or more. */
    BATCH {
      @Override
      Shape of(Shape shape) {
        return shape.rank() >= 2 ? open(shape, 0) : shape;
      }
    },
    /** None. */
    NONE {
      @Override
      Shape of(Shape shape) {
        return shape;
      }
    };

    abstract Shape of(Shape shape);

    private static Shape open(Shape shape, int axis) {
      return shape.dim(axis) > 1 ? shape.with(axis, Shape.UNKNOWN) : shape;
    }
  }
}
