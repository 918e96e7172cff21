package org.pmf4j.core.model;

import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a saved model knows that data are prepared for its encoders as they were in training: {@code
 * version:fingerprint}. It also tells of files that only a plugin knows.
 */
final class PreprocessingMark {
  private static final Logger LOG = LoggerFactory.getLogger(PreprocessingMark.class);

  /** Raised where the same files are prepared otherwise, or told of otherwise, from then on. */
  private static final int VERSION = 1;

  private PreprocessingMark() {}

  static String of(LoadedEncoder encoder) {
    return VERSION + ":" + encoder.preprocessor().fingerprint();
  }

  /**
   * Compares what was saved with what there is.
   *
   * @throws PmfException if the same version of the preprocessing has another fingerprint
   */
  static void check(Path model, AdapterConfig config, Named<LoadedEncoder> encoders) {
    for (AdapterConfig.Base base : config.encoders()) {
      String now = of(encoders.get(base.name()));
      boolean unversioned = config.formatVersion() == AdapterConfig.WITHOUT_CHECKSUM;
      String saved = unversioned ? VERSION + ":" + base.preprocessing() : base.preprocessing();
      if (saved.equals(now)) {
        continue;
      }
      if (unversioned || isOfAnotherVersion(saved)) {
        LOG.warn(
            "{}: this version prepares {} otherwise than the one that trained the model; compare"
                + " its results, or train anew",
            model,
            base.name());
      } else {
        throw PmfException.input(
            model
                + ": the preprocessing of the "
                + base.name()
                + " encoder is not the one that the model was trained with (its files or its plugin"
                + " have changed); restore it, or train anew");
      }
    }
  }

  private static boolean isOfAnotherVersion(String saved) {
    return saved.matches("\\d{1,9}:.+") && !saved.startsWith(VERSION + ":");
  }
}
