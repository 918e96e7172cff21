package org.pmf4j.core.pmf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.pmf4j.api.tensor.Tensor;

/**
 * What is trained, as a batch meets it: of one model for all rows, or of several models, each for
 * rows of its own. Used by whichever thread runs the program that it is part of, by several at
 * once.
 *
 * @param <T> prompts or a small network
 */
sealed interface ByRow<T> {
  /**
   * What every row has beside its own tokens.
   *
   * @param of [1, n, d] of one model
   * @return [1, n, d] where all rows share it, or [B, n, d]
   */
  Tensor beside(Function<T, Tensor> of);

  /**
   * Applies each to its own rows.
   *
   * @param x [B, ...]
   * @param each of some rows of it
   * @return [B, ...]
   */
  Tensor apply(Tensor x, BiFunction<T, Tensor, Tensor> each);

  /** Another part of the same models. */
  <U> ByRow<U> map(Function<T, U> part);

  /**
   * One model's, for all rows of any batch.
   *
   * @param part of it
   */
  record Shared<T>(T part) implements ByRow<T> {
    @Override
    public Tensor beside(Function<T, Tensor> of) {
      return of.apply(part);
    }

    @Override
    public Tensor apply(Tensor x, BiFunction<T, Tensor, Tensor> each) {
      return each.apply(part, x);
    }

    @Override
    public <U> ByRow<U> map(Function<T, U> other) {
      return new Shared<>(other.apply(part));
    }
  }

  /**
   * Several models', one after the other.
   *
   * @param runs which together make up the batch
   */
  record Runs<T>(List<Run<T>> runs) implements ByRow<T> {
    @Override
    public Tensor beside(Function<T, Tensor> of) {
      List<Tensor> all = new ArrayList<>();
      runs.forEach(run -> all.addAll(Collections.nCopies(run.rows(), of.apply(run.part()))));
      return Tensor.concat(0, all);
    }

    @Override
    public Tensor apply(Tensor x, BiFunction<T, Tensor, Tensor> each) {
      return Tensor.concat(0, apart(x, each));
    }

    /** As {@link #apply}, each result by itself, whatever its shape. */
    List<Tensor> apart(Tensor x, BiFunction<T, Tensor, Tensor> each) {
      List<Tensor> all = new ArrayList<>();
      long from = 0;
      for (Run<T> run : runs) {
        all.add(each.apply(run.part(), x.slice(0, from, from + run.rows())));
        from += run.rows();
      }
      return all;
    }

    @Override
    public <U> Runs<U> map(Function<T, U> part) {
      return new Runs<>(runs.stream().map(r -> new Run<>(part.apply(r.part()), r.rows())).toList());
    }
  }

  /**
   * What some rows have in common.
   *
   * @param part of their model
   * @param rows how many, 1 or more
   */
  record Run<T>(T part, int rows) {}
}
