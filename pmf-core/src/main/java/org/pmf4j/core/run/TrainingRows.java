package org.pmf4j.core.run;

import java.util.List;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.TargetRows;

/**
 * What a fused model is trained on. Immutable, so that any number of threads may share it.
 *
 * @param examples the rows, any of which may lack modalities
 * @param targets of these rows
 * @param loss that compares outputs with them
 */
public record TrainingRows(List<Example> examples, TargetRows targets, Loss loss) {
  /** Copies the list. */
  public TrainingRows {
    examples = List.copyOf(examples);
  }
}
