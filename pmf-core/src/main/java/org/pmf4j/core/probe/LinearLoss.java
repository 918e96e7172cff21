package org.pmf4j.core.probe;

import org.pmf4j.core.data.Task;

/**
 * What a linear model's outputs cost, row by row: losses that are convex in the outputs. They are
 * those of training, but for constant factors. Has no state: any thread may use it.
 */
enum LinearLoss {
  /** Multinomial logistic regression: cross-entropy of softmax(outputs) and the target. */
  SOFTMAX {
    @Override
    double residuals(double[] outputs, float[] target) {
      double max = Double.NEGATIVE_INFINITY;
      for (double o : outputs) {
        max = Math.max(max, o);
      }
      double sum = 0;
      for (double o : outputs) {
        sum += Math.exp(o - max);
      }
      double logSum = max + Math.log(sum);
      double loss = 0;
      for (int c = 0; c < outputs.length; c++) {
        double logP = outputs[c] - logSum;
        loss -= target[c] * logP;
        outputs[c] = Math.exp(logP) - target[c];
      }
      return loss;
    }
  },
  /** Logistic regression of each label against the rest, added up. */
  SIGMOID {
    @Override
    double residuals(double[] outputs, float[] target) {
      double loss = 0;
      for (int c = 0; c < outputs.length; c++) {
        double o = outputs[c];
        double small = Math.exp(-Math.abs(o));
        loss += Math.max(o, 0) + Math.log1p(small) - target[c] * o;
        double p = (o >= 0 ? 1 : small) / (1 + small);
        outputs[c] = p - target[c];
      }
      return loss;
    }
  },
  /** Half the squared error: ridge regression. */
  SQUARED {
    @Override
    double residuals(double[] outputs, float[] target) {
      double loss = 0;
      for (int c = 0; c < outputs.length; c++) {
        outputs[c] -= target[c];
        loss += outputs[c] * outputs[c] / 2;
      }
      return loss;
    }
  };

  /**
   * The loss of a row and its gradient.
   *
   * @param outputs of the row; replaced by the derivative of the loss by each of them
   * @param target of the row; for {@link #SOFTMAX} it sums to 1
   * @return the loss
   */
  abstract double residuals(double[] outputs, float[] target);

  /** The loss that goes with a task. */
  static LinearLoss of(Task task) {
    if (task instanceof Task.SingleLabel) {
      return SOFTMAX;
    }
    return task instanceof Task.MultiLabel ? SIGMOID : SQUARED;
  }
}
