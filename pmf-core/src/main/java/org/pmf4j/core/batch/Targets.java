package org.pmf4j.core.batch;

import java.util.function.Function;

/**
 * What a batch should come out as. As safe for threads as what it holds.
 *
 * @param values a vector for each row, [B, C], or for each token of it, [B, N, C]
 * @param weights how much each counts, [B, 1] or [B, N, 1]; they sum to 1 over the whole batch
 * @param <T> host tensors or tensors
 */
public record Targets<T>(T values, T weights) {
  /** The same of what {@code f} makes of each tensor. */
  public <R> Targets<R> map(Function<? super T, ? extends R> f) {
    return new Targets<>(f.apply(values), f.apply(weights));
  }
}
