package org.pmf4j.core.pretrain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableReader;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.progress.Progress;

/**
 * What an encoder is trained and validated on.
 *
 * @param training the training rows
 * @param validation the validation rows, if there are any
 */
record PretrainData(PretrainingRows training, Optional<PretrainingRows> validation) {

  /**
   * Reads both tables and checks all of them, before anything is loaded to work on them.
   *
   * @throws org.pmf4j.api.error.PmfException with file, row, column and reason of the first ten
   *     that are wrong
   */
  static PretrainData read(
      PretrainConfig config, TableFormats formats, Modality modality, Progress progress) {
    TableReader reader = TableReader.of(formats, config.tables()).inScratch(config.out());
    TableChecks checks = new TableChecks(Map.of(config.modality(), modality), reader, progress);
    Optional<String> kind = config.goal().task();
    Table training;
    Optional<List<Example>> validated;
    if (kind.isPresent()) {
      training = checks.read(config.data(), Table.Labelled.REQUIRED);
      checks.training(training, kind.get());
      Optional<Table> validation = config.validation().map(v -> checks.labelled(v, kind.get()));
      Task task = checks.task(kind.get(), training);
      validated = validation.map(v -> checks.targets(task, v));
    } else {
      training = checks.read(config.data(), Table.Labelled.OPTIONAL);
      validated =
          config
              .validation()
              .map(v -> checks.read(v, Table.Labelled.OPTIONAL))
              .map(Table::examples);
    }
    checks.finish();
    return of(config.modality(), training.examples(), validated);
  }

  /** Rows that were read and checked, all of which have the modality. */
  static PretrainData of(
      String modality, List<Example> training, Optional<List<Example>> validation) {
    return new PretrainData(
        new PretrainingRows(modality, training),
        validation.map(rows -> new PretrainingRows(modality, rows)));
  }
}
