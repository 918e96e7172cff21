package org.pmf4j.bench.methods.plan;

import java.util.Locale;

/**
 * One training: a variant with a seed. Immutable, so that any number of threads may share it.
 *
 * @param variant what is trained
 * @param seed of everything random
 */
public record Cell(Variant variant, long seed) {
  /** The name of its files. */
  public String id() {
    return slug(variant.name()) + "-seed-" + seed;
  }

  /** Its name in messages. */
  public String title() {
    return variant.name() + " seed " + seed;
  }

  /** A name as files may have it. */
  public static String slug(String name) {
    String plain =
        name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}.]+", "-");
    return plain.replaceAll("^[-.]+|-+$", "");
  }
}
