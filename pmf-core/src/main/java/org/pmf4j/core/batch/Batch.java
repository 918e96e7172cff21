package org.pmf4j.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.tensor.Named;

/**
 * Rows that have the same modalities, as a model computes on them. As safe for threads as what it
 * holds.
 *
 * @param inputs by modality, of those that the rows have
 * @param targets in training
 * @param <T> host tensors, while it is prepared, or tensors, once it is placed
 */
public record Batch<T>(Named<ModalityInput<T>> inputs, Optional<Targets<T>> targets) {
  /** A batch to infer from. */
  public static <T> Batch<T> of(Named<ModalityInput<T>> inputs) {
    return new Batch<>(inputs, Optional.empty());
  }

  /** A batch of one modality, as its encoder takes it. */
  public static <T> Batch<T> of(String modality, Named<T> inputs) {
    return of(Named.of(modality, new ModalityInput.EncoderInput<>(inputs)));
  }

  /** The same with what it should come out as. */
  public Batch<T> with(Targets<T> wanted) {
    return new Batch<>(inputs, Optional.of(wanted));
  }

  /**
   * What it should come out as.
   *
   * @throws java.util.NoSuchElementException outside training
   */
  public Targets<T> requireTargets() {
    return targets.orElseThrow();
  }

  /**
   * What the encoder of a modality takes.
   *
   * @throws java.util.NoSuchElementException if the batch lacks it
   * @throws IllegalStateException if the trunk was computed ahead
   */
  public Named<T> encoderInput(String modality) {
    if (inputs.get(modality) instanceof ModalityInput.EncoderInput<T> input) {
      return input.named();
    }
    throw new IllegalStateException("the trunk of " + modality + " was computed ahead");
  }

  /** The same of what {@code f} makes of each tensor. */
  public <R> Batch<R> map(Function<? super T, ? extends R> f) {
    Named<ModalityInput<R>> mapped = inputs.map(input -> input.map(f));
    return new Batch<>(mapped, targets.map(t -> t.map(f)));
  }

  /** All tensors. */
  public List<T> tensors() {
    List<T> all = new ArrayList<>();
    inputs.asMap().values().forEach(input -> all.addAll(input.tensors()));
    targets.ifPresent(t -> all.addAll(List.of(t.values(), t.weights())));
    return all;
  }
}
