package org.pmf4j.core.encoder;

import java.util.List;
import java.util.function.Predicate;
import org.pmf4j.api.encoder.Weights;

/** The weights of one encoder's directory, as loading hands them to the family. */
interface LoadedWeights extends Weights, HeldWeights {
  /** Names of tensors in the files that were not asked for and that nobody declared ignorable. */
  List<String> unused(Predicate<String> ignorable);

  /** Number of weights loaded so far, element by element. */
  long size();

  @Override
  void close();
}
