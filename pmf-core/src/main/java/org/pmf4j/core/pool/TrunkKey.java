package org.pmf4j.core.pool;

import java.util.TreeSet;
import org.pmf4j.core.encoder.LoadedEncoder;

/**
 * All that a trunk output depends on. Immutable, so that any number of threads may share it.
 *
 * @param encoder fingerprints of its files and its preprocessing, precision and the layers that are
 *     in another, and depth
 * @param content hash of the sample
 */
record TrunkKey(String encoder, String content) {
  /** The part that is the encoder's, cut at a depth. */
  static String encoder(LoadedEncoder e, int depth) {
    return String.join(
        "\n",
        e.directory().fingerprint(),
        e.preprocessor().fingerprint(),
        e.spec().settings().toMap().toString(),
        e.precision().name(),
        new TreeSet<>(e.keptInFloat()).toString(),
        Integer.toString(depth));
  }
}
