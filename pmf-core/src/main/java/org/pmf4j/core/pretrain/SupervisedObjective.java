package org.pmf4j.core.pretrain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Batch;
import org.pmf4j.core.training.Loss;
import org.pmf4j.core.training.Objective;
import org.pmf4j.core.training.TargetRows;
import org.pmf4j.core.training.TrainedParameter;

/**
 * A whole encoder and a linear head on its pooled vector, trained on labelled, augmented samples.
 *
 * @param encoder that is trained
 * @param head on the pooled vector
 * @param augmentation changes prepared samples
 * @param samples the training rows
 * @param targets of those rows
 * @param loss of the task
 */
record SupervisedObjective(
    EncoderInTraining encoder,
    Linear head,
    Augmentation augmentation,
    PretrainingRows samples,
    TargetRows targets,
    Loss loss)
    implements Objective {

  /** A prepared sample changed at random in a way that keeps its meaning, or itself. */
  @FunctionalInterface
  interface Augmentation {
    Named<HostTensor> apply(Named<HostTensor> sample, RandomGenerator random);
  }

  @Override
  public List<TrainedParameter> parameters() {
    return encoder.parameters();
  }

  @Override
  public int rows() {
    return samples.count();
  }

  @Override
  public int length(int row) {
    return samples.source(row) instanceof Source.Text text ? text.text().length() : 0;
  }

  @Override
  public List<Batch<HostTensor>> prepare(List<Integer> rows, int epoch, long seed) {
    Preprocessor preprocessor = encoder.preprocessor();
    List<Named<HostTensor>> batch = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int row : rows) {
      batch.add(augmentation.apply(samples.prepare(row, preprocessor), random));
    }
    return List.of(
        Batch.of(samples.modality(), preprocessor.collate(batch)).with(targets.batch(rows)));
  }

  @Override
  public Batch<Tensor> place(Batch<HostTensor> batch) {
    return encoder.place(batch);
  }

  @Override
  public Tensor loss(Batch<Tensor> batch) {
    Tensor logits = head.apply(encoder.pooled(batch.encoderInput(samples.modality())));
    return loss.of(logits, batch.requireTargets());
  }
}
