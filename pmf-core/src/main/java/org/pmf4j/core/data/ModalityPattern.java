package org.pmf4j.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;

/**
 * Which modalities are there: the pattern by which rows are put together, because rows of one
 * pattern need the same computation. Immutable, so that any number of threads may share it.
 *
 * @param modalities those that are there, one or more, in the model's order
 */
public record ModalityPattern(List<String> modalities) {
  /** Copies the list. */
  public ModalityPattern {
    modalities = List.copyOf(modalities);
  }

  /**
   * What an example has.
   *
   * @param modalities the model's, in order
   * @throws PmfException naming the example, if it has none of them
   */
  public static ModalityPattern of(Example example, Collection<String> modalities) {
    List<String> there = modalities.stream().filter(m -> example.source(m).isPresent()).toList();
    if (there.isEmpty()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: nothing is there of %s; one of them is needed at least",
              example.place(),
              String.join(", ", modalities)));
    }
    return new ModalityPattern(there);
  }

  /**
   * Puts examples together that have the same modalities.
   *
   * @param modalities the model's, in order
   * @return by pattern, in the order in which they first occur, the positions of its examples in
   *     ascending order
   * @throws PmfException naming an example that has none of the modalities
   */
  public static Map<ModalityPattern, List<Integer>> group(
      List<Example> examples, Collection<String> modalities) {
    Map<ModalityPattern, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      ModalityPattern presence = of(examples.get(i), modalities);
      groups.computeIfAbsent(presence, p -> new ArrayList<>()).add(i);
    }
    return groups;
  }

  /**
   * Tells examples apart where some of them lack modalities.
   *
   * @param modalities the model's, in order
   * @return as {@link #group} does, but the fullest patterns first; empty where nothing is missing
   * @throws PmfException naming an example that has none of the modalities
   */
  public static Map<ModalityPattern, List<Integer>> patterns(
      List<Example> examples, Collection<String> modalities) {
    Map<ModalityPattern, List<Integer>> groups = group(examples, modalities);
    Map<ModalityPattern, List<Integer>> sorted = new LinkedHashMap<>();
    if (!groups.keySet().equals(Set.of(new ModalityPattern(List.copyOf(modalities))))) {
      groups.keySet().stream()
          .sorted(fullestFirst(List.copyOf(modalities)))
          .forEach(p -> sorted.put(p, groups.get(p)));
    }
    return sorted;
  }

  /**
   * How many examples lack what.
   *
   * @param modalities the model's, in order
   * @return for each of them, in order, the number of examples without it
   */
  public static Map<String, Integer> missing(
      List<Example> examples, Collection<String> modalities) {
    Map<String, Integer> missing = new LinkedHashMap<>();
    for (String m : modalities) {
      missing.put(m, Math.toIntExact(examples.stream().filter(e -> e.source(m).isEmpty()).count()));
    }
    return missing;
  }

  /** Those that have more before those that have fewer, and then as the modalities are ordered. */
  private static Comparator<ModalityPattern> fullestFirst(List<String> modalities) {
    Comparator<ModalityPattern> bySize = Comparator.comparingInt(p -> -p.modalities().size());
    return bySize.thenComparing(
        p ->
            modalities.stream()
                .map(m -> p.modalities().contains(m) ? "a" : "b")
                .collect(Collectors.joining()));
  }

  /**
   * What examples have in common that are computed in one batch.
   *
   * @param modalities the model's, in order
   * @throws IllegalArgumentException if they do not all have the same modalities
   */
  public static ModalityPattern common(List<Example> examples, Collection<String> modalities) {
    Map<ModalityPattern, List<Integer>> groups = group(examples, modalities);
    if (groups.size() != 1) {
      throw new IllegalArgumentException("a batch needs one pattern, got " + groups.keySet());
    }
    return groups.keySet().iterator().next();
  }

  /** The modalities with {@code +} between them, such as {@code image+text}. */
  @Override
  public String toString() {
    return String.join("+", modalities);
  }
}
