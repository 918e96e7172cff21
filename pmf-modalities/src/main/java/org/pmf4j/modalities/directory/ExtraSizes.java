package org.pmf4j.modalities.directory;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining.Sizes;

/**
 * A new encoder's sizes, checked: the settings of its modality and what its layers demand. For one
 * thread at a time.
 */
public final class ExtraSizes {
  private final Map<String, Integer> extra;

  private ExtraSizes(Map<String, Integer> extra) {
    this.extra = extra;
  }

  /**
   * Checks sizes.
   *
   * @param known the settings that the modality has
   * @throws PmfException for other settings, sizes that are not above 0, and a width that the heads
   *     do not divide
   */
  public static ExtraSizes of(Sizes sizes, Set<String> known) {
    sizes
        .extra()
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                throw PmfException.usage(
                    "unknown size '"
                        + name
                        + "'; known: "
                        + String.join(", ", new TreeSet<>(known)));
              }
              positive(name, value);
            });
    positive("width", sizes.width());
    positive("depth", sizes.depth());
    positive("heads", sizes.heads());
    if (sizes.width() % sizes.heads() != 0) {
      throw PmfException.usage(
          "width " + sizes.width() + " must be a multiple of heads " + sizes.heads());
    }
    return new ExtraSizes(sizes.extra());
  }

  private static void positive(String name, int value) {
    if (value <= 0) {
      throw PmfException.usage(name + " must be above 0, got " + value);
    }
  }

  /** A setting, or what stands for it where it is not given. */
  public int get(String name, int otherwise) {
    return extra.getOrDefault(name, otherwise);
  }
}
