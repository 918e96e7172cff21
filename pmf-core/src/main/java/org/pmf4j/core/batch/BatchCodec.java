package org.pmf4j.core.batch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.batch.ModalityInput.EncoderInput;
import org.pmf4j.core.batch.ModalityInput.PackedPlaces;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/**
 * Batches as programs take them: tensors by name, {@code trunk.<modality>.<tensor>}, {@code
 * input.<modality>.<input>} and {@code target.<tensor>}. Nobody else knows these names, and files
 * of the trunk cache alone keep those of {@link #trunk}. Has no state: any thread may call it.
 */
public final class BatchCodec {
  private static final String TRUNK = "trunk.";
  private static final String INPUT = "input.";
  private static final String VALUES = "target.values";
  private static final String WEIGHTS = "target.weights";
  private static final String STATES = "states";
  private static final String MASK = "mask";
  private static final String PACKED_ROWS = "packing.rows";
  private static final String PACKED_PLACES = "packing.places";
  private static final String SETTLED = "settled.";

  private BatchCodec() {}

  /** A batch by names. Modalities have no full stop in theirs. */
  public static <T> Named<T> names(Batch<T> batch) {
    Map<String, T> all = new LinkedHashMap<>();
    batch
        .inputs()
        .asMap()
        .forEach(
            (modality, input) -> {
              boolean raw = input instanceof EncoderInput<T>;
              String prefix = (raw ? INPUT : TRUNK) + modality + ".";
              Named<T> own =
                  input instanceof TrunkOutput<T> trunk
                      ? names(trunk)
                      : ((EncoderInput<T>) input).named();
              own.asMap().forEach((name, t) -> all.put(prefix + name, t));
            });
    batch
        .targets()
        .ifPresent(
            t -> {
              all.put(VALUES, t.values());
              all.put(WEIGHTS, t.weights());
            });
    return Named.of(all);
  }

  /**
   * The batch of which {@link #names(Batch)} made these names; others beside them are passed over.
   */
  public static <T> Batch<T> batch(Named<T> named) {
    Map<String, ModalityInput<T>> inputs = new LinkedHashMap<>();
    byModality(named.under(TRUNK)).forEach((m, own) -> inputs.put(m, trunk(own)));
    byModality(named.under(INPUT)).forEach((m, own) -> inputs.put(m, new EncoderInput<>(own)));
    return new Batch<>(
        Named.of(inputs),
        named.has(VALUES)
            ? Optional.of(new Targets<>(named.get(VALUES), named.get(WEIGHTS)))
            : Optional.empty());
  }

  private static <T> Map<String, Named<T>> byModality(Named<T> named) {
    Map<String, Named<T>> all = new LinkedHashMap<>();
    for (String name : named.names()) {
      String modality = name.substring(0, name.indexOf('.'));
      all.computeIfAbsent(modality, m -> named.under(m + "."));
    }
    return all;
  }

  /** What leaves a trunk, by names. */
  public static <T> Named<T> names(TrunkOutput<T> trunk) {
    Map<String, T> all = new LinkedHashMap<>();
    all.put(STATES, trunk.states());
    trunk.mask().ifPresent(mask -> all.put(MASK, mask));
    trunk
        .packing()
        .ifPresent(
            p -> {
              all.put(PACKED_ROWS, p.rows());
              all.put(PACKED_PLACES, p.places());
            });
    trunk.settled().asMap().forEach((name, t) -> all.put(SETTLED + name, t));
    return Named.of(all);
  }

  /**
   * What leaves a trunk, of the names that {@link #names(TrunkOutput)} made.
   *
   * @throws java.util.NoSuchElementException where there are no states
   */
  public static <T> TrunkOutput<T> trunk(Named<T> named) {
    return new TrunkOutput<>(
        named.get(STATES),
        optional(named, MASK),
        optional(named, PACKED_ROWS)
            .map(rows -> new PackedPlaces<>(rows, named.get(PACKED_PLACES))),
        named.under(SETTLED));
  }

  private static <T> Optional<T> optional(Named<T> named, String name) {
    return named.has(name) ? Optional.of(named.get(name)) : Optional.empty();
  }
}
