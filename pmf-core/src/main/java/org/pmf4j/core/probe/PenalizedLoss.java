package org.pmf4j.core.probe;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The weighted mean loss of a linear model over rows, and half the L2 penalty of its weights:
 * {@code Σ w_i·loss_i / Σ w_i + λ/2·‖W‖²}. Biases are not penalised. Of scikit-learn's parameters λ
 * is {@code 1 / (C·n)} of LogisticRegression and {@code alpha / n} of Ridge. Immutable, so that any
 * number of threads may share it.
 *
 * @param rows what it is measured on
 * @param loss of a row
 * @param penalty λ, 0 or more
 */
record PenalizedLoss(ProbeRows rows, LinearLoss loss, double penalty) implements Lbfgs.Function {
  /** Rows are added up in so many parts, whatever the processors, so that sums have fixed bits. */
  private static final int PARTS = 8;

  private static final int BLOCK = 32;

  @Override
  public double valueAndGradient(double[] at, double[] gradient) {
    int outputs = rows.outputs();
    int width = rows.features().width();
    Part[] parts =
        IntStream.range(0, PARTS).parallel().mapToObj(p -> part(p, at)).toArray(Part[]::new);
    double total = rows.weight();
    double value = 0;
    Arrays.fill(gradient, 0);
    for (Part part : parts) {
      value += part.loss / total;
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += part.gradient[i] / total;
      }
    }
    for (int i = 0; i < outputs * width; i++) {
      value += penalty / 2 * at[i] * at[i];
      gradient[i] += penalty * at[i];
    }
    return value;
  }

  /** The mean loss alone, without the penalty. */
  double mean(LinearModel model) {
    double sum = 0;
    double[] outputs = new double[model.outputs()];
    for (int r = 0; r < rows.count(); r++) {
      float[] out = model.outputs(rows.features(), r);
      for (int c = 0; c < outputs.length; c++) {
        outputs[c] = out[c];
      }
      sum += rows.targets().weights()[r] * loss.residuals(outputs, rows.targets().targets()[r]);
    }
    return sum / rows.weight();
  }

  /** The sums over a part of the rows. */
  private static final class Part {
    private double loss;
    private final double[] gradient;

    Part(int size) {
      gradient = new double[size];
    }
  }

  private Part part(int number, double[] at) {
    int n = rows.count();
    int from = (int) ((long) n * number / PARTS);
    int to = (int) ((long) n * (number + 1) / PARTS);
    Part sums = new Part(at.length);
    Block block = new Block(rows.features().width(), rows.outputs());
    for (int first = from; first < to; first += BLOCK) {
      block.add(first, Math.min(BLOCK, to - first), at, sums);
    }
    return sums;
  }

  /** A few rows at once, so that all inner loops run over neighbours in memory. */
  private final class Block {
    private final int width;
    private final int outputs;
    private final double[] byRow;
    private final double[] byColumn;
    private final double[] scores;
    private final double[] row;

    Block(int width, int outputs) {
      this.width = width;
      this.outputs = outputs;
      this.byRow = new double[BLOCK * width];
      this.byColumn = new double[BLOCK * width];
      this.scores = new double[outputs * BLOCK];
      this.row = new double[outputs];
    }

    void add(int first, int count, double[] at, Part sums) {
      read(first, count);
      for (int c = 0; c < outputs; c++) {
        score(c, at);
      }
      for (int b = 0; b < count; b++) {
        for (int c = 0; c < outputs; c++) {
          row[c] = scores[c * BLOCK + b];
        }
        float weight = rows.targets().weights()[first + b];
        sums.loss += weight * loss.residuals(row, rows.targets().targets()[first + b]);
        for (int c = 0; c < outputs; c++) {
          double g = weight * row[c];
          multiplyAdd(g, byRow, b * width, sums.gradient, c * width, width);
          sums.gradient[outputs * width + c] += g;
        }
      }
    }

    private void read(int first, int count) {
      float[] values = rows.features().values();
      for (int b = 0; b < count; b++) {
        for (int j = 0; j < width; j++) {
          double x = values[(first + b) * width + j];
          byRow[b * width + j] = x;
          byColumn[j * BLOCK + b] = x;
        }
      }
    }

    private void score(int c, double[] at) {
      int to = c * BLOCK;
      Arrays.fill(scores, to, to + BLOCK, at[outputs * width + c]);
      for (int j = 0; j < width; j++) {
        multiplyAdd(at[c * width + j], byColumn, j * BLOCK, scores, to, BLOCK);
      }
    }
  }

  private static void multiplyAdd(
      double factor, double[] x, int fromX, double[] y, int fromY, int count) {
    for (int i = 0; i < count; i++) {
      y[fromY + i] += factor * x[fromX + i];
    }
  }
}
