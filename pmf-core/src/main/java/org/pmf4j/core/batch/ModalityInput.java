package org.pmf4j.core.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.tensor.Named;

/**
 * What of one modality a batch has. As safe for threads as what it holds.
 *
 * @param <T> host tensors or tensors
 */
public sealed interface ModalityInput<T> {
  /** The same of what {@code f} makes of each tensor. */
  <R> ModalityInput<R> map(Function<? super T, ? extends R> f);

  /** All tensors. */
  List<T> tensors();

  /**
   * What an encoder takes, before any of its layers.
   *
   * @param named by the input's Hugging Face name
   */
  record EncoderInput<T>(Named<T> named) implements ModalityInput<T> {
    @Override
    public <R> EncoderInput<R> map(Function<? super T, ? extends R> f) {
      return new EncoderInput<>(named.map(f));
    }

    @Override
    public List<T> tensors() {
      return List.copyOf(named.asMap().values());
    }
  }

  /**
   * What leaves the trunk, and enters the first fusion layer.
   *
   * @param states [B, N, d]
   * @param mask BOOL [B, N], where there is padding
   * @param packing where padding is worth leaving out
   * @param settled what the first fusion layer has settled about the tokens, [B, N, ...] each, or
   *     nothing
   */
  record TrunkOutput<T>(
      T states, Optional<T> mask, Optional<PackedPlaces<T>> packing, Named<T> settled)
      implements ModalityInput<T> {

    @Override
    public <R> TrunkOutput<R> map(Function<? super T, ? extends R> f) {
      return new TrunkOutput<>(
          f.apply(states), mask.map(f), packing.map(p -> p.map(f)), settled.map(f));
    }

    @Override
    public List<T> tensors() {
      List<T> all = new ArrayList<>(List.of(states));
      mask.ifPresent(all::add);
      packing.ifPresent(p -> all.addAll(List.of(p.rows(), p.places())));
      all.addAll(settled.asMap().values());
      return all;
    }
  }

  /**
   * Where the real tokens of a padded batch stand, as {@link org.pmf4j.api.encoder.Packing} has it.
   *
   * @param rows INT64 [T]
   * @param places INT64 [B, N]
   */
  record PackedPlaces<T>(T rows, T places) {
    private <R> PackedPlaces<R> map(Function<? super T, ? extends R> f) {
      return new PackedPlaces<>(f.apply(rows), f.apply(places));
    }
  }
}
