package org.pmf4j.core.pretrain;

import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.TableChecks;
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
  static PretrainData read(PretrainConfig config, Modality modality, Progress progress) {
    TableChecks checks = new TableChecks(Map.of(config.modality(), modality), progress);
    Optional<String> kind = config.goal().task();
    Table training;
    Optional<Table> validation;
    if (kind.isPresent()) {
      training = checks.training(config.data(), kind.get());
      validation = config.validation().map(v -> checks.labelled(v, kind.get()));
      Task task = checks.task(kind.get(), training);
      validation.ifPresent(v -> checks.targets(task, v));
    } else {
      training = checks.read(config.data(), Table.Labelled.OPTIONAL);
      validation = config.validation().map(v -> checks.read(v, Table.Labelled.OPTIONAL));
    }
    checks.finish();
    return new PretrainData(rows(config, training), validation.map(table -> rows(config, table)));
  }

  private static PretrainingRows rows(PretrainConfig config, Table table) {
    return new PretrainingRows(config.modality(), table.examples());
  }
}
