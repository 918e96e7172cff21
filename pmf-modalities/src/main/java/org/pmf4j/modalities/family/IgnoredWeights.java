package org.pmf4j.modalities.family;

import java.util.Arrays;
import java.util.List;

/**
 * Tensors that models of a family are saved with and that are no part of the encoder: heads,
 * poolers, buffers.
 *
 * @param prefix under which all names may stand
 * @param beginnings of such names
 */
record IgnoredWeights(String prefix, List<String> beginnings) {

  static IgnoredWeights of(String prefix, String... beginnings) {
    return new IgnoredWeights(prefix, Arrays.asList(beginnings));
  }

  /** True for a tensor that is passed over without a warning. */
  boolean has(String name) {
    String plain = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return beginnings.stream().anyMatch(plain::startsWith);
  }
}
