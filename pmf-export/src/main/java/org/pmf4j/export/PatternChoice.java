package org.pmf4j.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.ModalityPattern;

/**
 * Which patterns of modalities a model takes. Immutable, so that any number of threads may share
 * it.
 *
 * @param modalities the model's, in order
 * @param required those without which its method computes nothing
 * @param method its name, for messages
 */
public record PatternChoice(List<String> modalities, Set<String> required, String method) {
  /** How many graphs are made where nothing was asked for. */
  public static final int MOST = 16;

  /** All patterns, the fullest first and then as the modalities are ordered. */
  public List<ModalityPattern> all() {
    List<ModalityPattern> all = new ArrayList<>();
    int n = Math.min(modalities.size(), Integer.SIZE - 2);
    for (int left = 0; left < (1 << n) - 1; left++) {
      List<String> there = new ArrayList<>();
      for (int i = 0; i < modalities.size(); i++) {
        // The last modality is left out first
        if (i >= n || (left >> (n - 1 - i) & 1) == 0) {
          there.add(modalities.get(i));
        }
      }
      if (there.containsAll(required)) {
        all.add(new ModalityPattern(there));
      }
    }
    all.sort(Comparator.comparingInt(p -> -p.modalities().size()));
    return all;
  }

  /**
   * The patterns that are asked for, or the first {@link #MOST} of all.
   *
   * @param texts as they are written; empty for all
   * @throws PmfException as {@link #parse} does
   */
  public List<ModalityPattern> of(List<String> texts) {
    return texts.isEmpty()
        ? all().stream().limit(MOST).toList()
        : texts.stream().map(this::parse).distinct().toList();
  }

  /** How many patterns are not among those, where nothing was asked for. */
  public int leftOut(List<String> texts) {
    return texts.isEmpty() ? Math.max(0, all().size() - MOST) : 0;
  }

  /**
   * A pattern as it is written, such as {@code image+text}.
   *
   * @throws PmfException naming what is wrong with it
   */
  public ModalityPattern parse(String text) {
    List<String> named = List.of(text.strip().split("\\+", -1));
    for (String m : named) {
      if (!modalities.contains(m)) {
        throw PmfException.usage(
            "--patterns: the model has no modality "
                + Quote.value(m)
                + "; it has "
                + String.join(", ", modalities)
                + ", with + between those of a pattern");
      }
    }
    ModalityPattern pattern =
        new ModalityPattern(modalities.stream().filter(named::contains).toList());
    for (String m : required) {
      if (!named.contains(m)) {
        throw PmfException.usage(
            "--patterns: "
                + pattern
                + " lacks "
                + m
                + ", without which method "
                + method
                + " computes nothing");
      }
    }
    return pattern;
  }
}
