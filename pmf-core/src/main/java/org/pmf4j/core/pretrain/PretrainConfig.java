package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.training.TrainSettings;

/**
 * What encoder to make or to train further, from what. Immutable, so that any number of threads may
 * share it.
 *
 * @param modality the kind of data
 * @param origin what the encoder is before
 * @param data table with a column of the modality's name, and {@code label} if supervised
 * @param validation table that chooses the best epoch
 * @param tables how both are read; the encoder is called as the modality
 * @param out the encoder's directory
 * @param goal what is learnt
 * @param augment whether labelled samples are changed at random, as the modality does it
 * @param training epochs, batches, optimizer
 * @param resume whether to go on with a run that was not finished
 */
public record PretrainConfig(
    String modality,
    InitialEncoder origin,
    TableLocation data,
    Optional<TableLocation> validation,
    TableOptions tables,
    Path out,
    Goal goal,
    boolean augment,
    TrainSettings training,
    boolean resume) {

  /**
   * Refuses columns that do not fit.
   *
   * @throws org.pmf4j.api.error.PmfException if a column is named for another modality
   */
  public PretrainConfig {
    tables.columns().requireFit(List.of(modality));
  }

  /** What to make of files whose columns are called as usual. */
  public PretrainConfig(
      String modality,
      InitialEncoder origin,
      Path data,
      Optional<Path> validation,
      Path out,
      Goal goal,
      boolean augment,
      TrainSettings training,
      boolean resume) {
    this(
        modality,
        origin,
        TableLocation.of(data),
        validation.map(TableLocation::of),
        TableOptions.DEFAULT,
        out,
        goal,
        augment,
        training,
        resume);
  }

  /** What is learnt. */
  public enum Goal {
    /** To tell the label, one a sample. */
    SINGLE_LABEL,
    /** To tell the labels, any number a sample. */
    MULTI_LABEL,
    /** To tell a number. */
    REGRESSION,
    /** To guess tokens that were hidden. */
    MASKED_TOKENS;

    /** The goal that is a task itself. */
    public static Goal of(Task task) {
      Optional<String> kind = Optional.of(task.kind());
      return Arrays.stream(values()).filter(g -> g.task().equals(kind)).findFirst().orElseThrow();
    }

    /** The kind of task that the labels define; empty where none are needed. */
    Optional<String> task() {
      return switch (this) {
        case SINGLE_LABEL -> Optional.of(Task.SINGLE_LABEL);
        case MULTI_LABEL -> Optional.of(Task.MULTI_LABEL);
        case REGRESSION -> Optional.of(Task.REGRESSION);
        case MASKED_TOKENS -> Optional.empty();
      };
    }
  }
}
