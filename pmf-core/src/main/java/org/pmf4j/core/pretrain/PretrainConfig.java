package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.core.training.TrainSettings;

/**
 * What encoder to make, from what.
 *
 * @param modality the kind of data
 * @param modelType the family, such as {@code vit}
 * @param data table with a column of the modality's name, and {@code label} if supervised
 * @param validation table that chooses the best epoch
 * @param out the encoder's directory
 * @param goal what is learnt
 * @param sizes of the encoder
 * @param training epochs, batches, optimizer
 * @param resume whether to go on with a run that was not finished
 */
public record PretrainConfig(
    String modality,
    String modelType,
    Path data,
    Optional<Path> validation,
    Path out,
    Goal goal,
    Pretraining.Sizes sizes,
    TrainSettings training,
    boolean resume) {

  /** What is learnt. */
  public enum Goal {
    /** To tell the label, one a sample. */
    SINGLE_LABEL,
    /** To tell the labels, any number a sample. */
    MULTI_LABEL,
    /** To guess tokens that were hidden. */
    MASKED_TOKENS
  }
}
