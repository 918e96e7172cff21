package org.pmf4j.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;

/**
 * What is trained and validated on.
 *
 * @param task that the training rows define
 * @param training the training rows
 * @param validation the validation rows, if there are any
 */
record RunData(Task task, List<Example> training, Optional<List<Example>> validation) {

  /**
   * Reads both tables and checks all of them, before anything is loaded to work on them. Bytes of
   * cells that are too many for memory are kept beside the cache.
   *
   * @throws org.pmf4j.api.error.PmfException with file, row, column and reason of the first ten
   *     that are wrong
   */
  static RunData read(
      TrainConfig config, TableFormats formats, Named<Modality> modalities, Progress progress) {
    TableReader reader = TableReader.of(formats, config.tables());
    TableReader near = config.cache().root().map(reader::inScratch).orElse(reader);
    TableChecks checks = new TableChecks(modalities.asMap(), near, progress);
    Table training = checks.training(config.data(), config.task());
    Optional<Table> validation = config.validation().map(v -> checks.labelled(v, config.task()));
    Task task = checks.task(config.task(), training);
    Optional<List<Example>> validated = validation.map(v -> checks.targets(task, v));
    checks.finish();
    return new RunData(task, training.examples(), validated);
  }

  /** The rows of both. */
  List<Example> all() {
    List<Example> all = new ArrayList<>(training);
    validation.ifPresent(all::addAll);
    return all;
  }
}
