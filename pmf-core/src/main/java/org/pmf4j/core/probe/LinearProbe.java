package org.pmf4j.core.probe;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.training.TargetRows;

/**
 * A linear model over the standardised pooled vectors of some modalities; of a row that lacks one
 * the mean of the training rows stands in its place. Immutable, so that any number of threads may
 * share it.
 *
 * @param scales by modality
 * @param fit the model and its penalty
 */
record LinearProbe(Named<Standardization> scales, PenaltySearch.Fit fit) {

  /**
   * Fits a probe.
   *
   * @param vectors of the training rows, of the modalities that it may see
   * @param targets of the training rows
   */
  static LinearProbe fit(Named<PooledVectors> vectors, TargetRows targets, PenaltySearch search) {
    Named<Standardization> scales = vectors.map(Standardization::of);
    Features features = features(scales, vectors);
    return new LinearProbe(scales, search.fit(new ProbeRows(features, targets)));
  }

  /**
   * The outputs of rows.
   *
   * @param vectors of these rows, of all modalities that it sees, or more
   */
  List<float[]> outputs(Named<PooledVectors> vectors) {
    Features features = features(scales, vectors);
    return IntStream.range(0, features.rows())
        .mapToObj(r -> fit.model().outputs(features, r))
        .toList();
  }

  private static Features features(Named<Standardization> scales, Named<PooledVectors> vectors) {
    return Features.beside(
        scales.asMap().entrySet().stream()
            .map(e -> e.getValue().apply(vectors.get(e.getKey())))
            .toList());
  }
}
