package org.pmf4j.core.training;

import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.batch.Targets;
import org.pmf4j.core.data.Task;

/** Losses of the three kinds of task, one value a sample. */
public enum Loss {
  /** Cross-entropy between softmax(logits) and target probabilities [B, C]. */
  CROSS_ENTROPY {
    @Override
    Tensor perSample(Tensor logits, Tensor targets) {
      return Neural.logSoftmax(logits, -1).mul(targets).sum(-1).neg();
    }
  },
  /** Binary cross-entropy between sigmoid(logits) and targets [B, C], averaged over the labels. */
  BINARY_CROSS_ENTROPY {
    @Override
    Tensor perSample(Tensor logits, Tensor targets) {
      return Neural.softplus(logits).sub(logits.mul(targets)).mean(-1);
    }
  },
  /** Squared error of outputs [B, C], averaged over the outputs. */
  SQUARED_ERROR {
    @Override
    Tensor perSample(Tensor logits, Tensor targets) {
      return logits.sub(targets).square().mean(-1);
    }
  };

  /** The loss by which a task is learnt. */
  public static Loss forTask(Task task) {
    if (task instanceof Task.SingleLabel) {
      return CROSS_ENTROPY;
    }
    return task instanceof Task.MultiLabel ? BINARY_CROSS_ENTROPY : SQUARED_ERROR;
  }

  /**
   * The loss of each sample.
   *
   * @param logits [B, C]
   * @param targets [B, C]
   * @return [B, 1]
   */
  abstract Tensor perSample(Tensor logits, Tensor targets);

  /**
   * The weighted sum over a batch.
   *
   * @param targets [B, C], with weights [B, 1]; 1/B each gives the mean
   * @return [1]
   */
  public Tensor of(Tensor logits, Targets<Tensor> targets) {
    return perSample(logits, targets.values()).mul(targets.weights()).sum().reshape(1);
  }
}
