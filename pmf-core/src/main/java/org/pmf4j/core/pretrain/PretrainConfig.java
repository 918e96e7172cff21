package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.core.training.TrainSettings;

/**
 * What encoder to make or to train further, from what.
 *
 * @param modality the kind of data
 * @param origin what the encoder is before
 * @param data table with a column of the modality's name, and {@code label} if supervised
 * @param validation table that chooses the best epoch
 * @param out the encoder's directory
 * @param goal what is learnt
 * @param augment whether labelled samples are changed at random, as the modality does it
 * @param training epochs, batches, optimizer
 * @param resume whether to go on with a run that was not finished
 */
public record PretrainConfig(
    String modality,
    Origin origin,
    Path data,
    Optional<Path> validation,
    Path out,
    Goal goal,
    boolean augment,
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
