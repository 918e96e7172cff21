package org.pmf4j.core.pretrain;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.modality.Pretraining.MaskedTokens;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.ParameterStore;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainedParameter;
import org.pmf4j.core.training.Validation;

/**
 * What an encoder is to learn, with the head that it learns by and that is thrown away afterwards.
 *
 * @param objective what is trained
 * @param validation what is measured, if there is data for it
 */
record PretrainingTask(Objective objective, Optional<Validation> validation) {

  static PretrainingTask of(
      PretrainConfig config,
      Backend backend,
      Encoder encoder,
      ParameterStore store,
      Preprocessor preprocessor,
      Pretraining pretraining,
      List<Example> training,
      Optional<List<Example>> validation) {
    if (config.goal() == PretrainConfig.Goal.MASKED_TOKENS) {
      return masked(
          config, backend, encoder, store, preprocessor, pretraining, training, validation);
    }
    boolean single = config.goal() == PretrainConfig.Goal.SINGLE_LABEL;
    Task task = Task.of(config.goal().task().orElseThrow(), training);
    Linear head = head(store, encoder.width(), task.labels().size());
    float[][] targets = training.stream().map(task::target).toArray(float[][]::new);
    SupervisedObjective objective =
        new SupervisedObjective(
            backend,
            encoder,
            head,
            store.trained(),
            preprocessor,
            config.augment() ? pretraining::augment : (sample, random) -> sample,
            new PretrainingRows(config.modality(), training),
            TargetRows.of(targets),
            single ? Loss.CROSS_ENTROPY : Loss.BINARY_CROSS_ENTROPY);
    return new PretrainingTask(
        objective,
        validation.map(
            rows ->
                new SupervisedValidation(
                    backend, encoder, head, preprocessor, config.modality(), task, rows)));
  }

  private static PretrainingTask masked(
      PretrainConfig config,
      Backend backend,
      Encoder encoder,
      ParameterStore store,
      Preprocessor preprocessor,
      Pretraining pretraining,
      List<Example> training,
      Optional<List<Example>> validation) {
    MaskedTokens tokens =
        pretraining
            .maskedTokens()
            .orElseThrow(
                () ->
                    PmfException.usage(
                        "modality "
                            + config.modality()
                            + " has no tokens to mask; use --goal single-label or multi-label"));
    MaskedTokens.Vocabulary vocabulary = tokens.vocabulary(config.out());
    Linear decoder = head(store, encoder.width(), vocabulary.size());
    List<TrainedParameter> parameters = store.trained();
    MaskedTokenObjective objective =
        new MaskedTokenObjective(
            backend,
            encoder,
            decoder,
            parameters,
            preprocessor,
            tokens.input(),
            vocabulary,
            new PretrainingRows(config.modality(), training));
    return new PretrainingTask(
        objective,
        validation.map(
            rows ->
                new MaskedTokenValidation(
                    backend,
                    objective.over(new PretrainingRows(config.modality(), rows)),
                    config.training().seed())));
  }

  private static Linear head(ParameterStore store, int width, int outputs) {
    Start start = new Start.Uniform(Math.sqrt(6.0 / (width + outputs)));
    return new Linear(
        store.make("pretraining_head.weight", start, outputs, width).value(),
        store.make("pretraining_head.bias", new Start.Constant(0), outputs).value());
  }
}
