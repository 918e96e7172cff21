package org.pmf4j.core.pretrain;

import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.MaskedFeatures.Masking;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.Validation;

/**
 * What an encoder is to learn, with the head that it learns by and that is thrown away afterwards.
 *
 * @param objective what is trained
 * @param validation what is measured, if there is data for it
 */
record PretrainingTask(Objective objective, Optional<Validation> validation) {

  /**
   * The task of a goal.
   *
   * @param encoder to which a head is added
   * @param pretraining of its modality
   */
  static PretrainingTask of(
      PretrainConfig config,
      EncoderInTraining encoder,
      Pretraining pretraining,
      PretrainData data) {
    return config.goal() == PretrainConfig.Goal.MASKED_TOKENS
        ? masked(config, encoder, pretraining, data)
        : supervised(config, encoder, pretraining, data);
  }

  private static PretrainingTask supervised(
      PretrainConfig config,
      EncoderInTraining encoder,
      Pretraining pretraining,
      PretrainData data) {
    PretrainingRows training = data.training();
    Task task = Task.of(config.goal().task().orElseThrow(), training.rows());
    Linear head = encoder.head(task.labels().size());
    float[][] targets = training.rows().stream().map(task::target).toArray(float[][]::new);
    SupervisedObjective objective =
        new SupervisedObjective(
            encoder,
            head,
            config.augment() ? pretraining::augment : (sample, random) -> sample,
            training,
            TargetRows.of(targets),
            Loss.forTask(task));
    return new PretrainingTask(
        objective,
        data.validation().map(rows -> new SupervisedValidation(encoder, head, task, rows)));
  }

  private static PretrainingTask masked(
      PretrainConfig config,
      EncoderInTraining encoder,
      Pretraining pretraining,
      PretrainData data) {
    Masking masking = masking(config, pretraining);
    Linear decoder = encoder.head(masking.vocabulary());
    MaskedTokenObjective objective =
        new MaskedTokenObjective(encoder, decoder, masking, data.training());
    return new PretrainingTask(
        objective,
        data.validation()
            .map(
                rows -> new MaskedTokenValidation(objective.over(rows), config.training().seed())));
  }

  private static Masking masking(PretrainConfig config, Pretraining pretraining) {
    return pretraining
        .maskedTokens()
        .<Masking>map(t -> new HiddenTokens(t.input(), t.vocabulary(config.out())))
        .or(() -> pretraining.maskedFeatures().map(features -> features.of(config.out())))
        .orElseThrow(
            () ->
                PmfException.usage(
                    "modality "
                        + config.modality()
                        + " has no tokens to mask; use --goal single-label, multi-label or regression"));
  }
}
