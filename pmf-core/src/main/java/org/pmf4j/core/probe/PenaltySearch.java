package org.pmf4j.core.probe;

import java.util.ArrayList;
import java.util.List;

/**
 * Fits a linear model whose L2 penalty is the one of a small grid with the smallest loss on
 * held-out training rows: of five folds up to 2,000 rows, of a fifth of the rows beyond. The
 * validation rows have no part in it. Immutable, so that any number of threads may share it.
 *
 * @param loss that is penalised
 * @param solver that minimises
 */
record PenaltySearch(LinearLoss loss, Lbfgs solver) {
  /** From the largest to the smallest, each fit starting where the one before has ended. */
  static final double[] GRID = {10, 1, 0.1, 0.01, 0.001, 0.0001};

  /** Smaller penalties are not tried once so many have made it worse. */
  private static final int PATIENCE = 2;

  /**
   * A model and its penalty.
   *
   * @param model fitted to all rows
   * @param penalty λ of {@link PenalizedLoss}
   */
  record Fit(LinearModel model, double penalty) {}

  /** A fit to some rows, and others that it is measured on. */
  private static final class HeldOut {
    private final ProbeRows fitted;
    private final ProbeRows measured;
    private LinearModel model;

    HeldOut(ProbeRows fitted, ProbeRows measured) {
      this.fitted = fitted;
      this.measured = measured;
      this.model = LinearModel.zero(fitted.outputs(), fitted.features().width());
    }
  }

  /** Chooses the penalty, and fits to all rows. */
  Fit fit(ProbeRows rows) {
    double penalty = rows.count() < 2 ? GRID[0] : chosen(rows);
    LinearModel model = LinearModel.zero(rows.outputs(), rows.features().width());
    return new Fit(minimize(rows, penalty, model), penalty);
  }

  private double chosen(ProbeRows rows) {
    Folds folds = Folds.of(rows.targets().classes());
    List<HeldOut> all = new ArrayList<>();
    for (int f = 0; f < folds.heldOut(); f++) {
      all.add(new HeldOut(rows.only(folds.rows(f, true)), rows.only(folds.rows(f, false))));
    }
    double best = Double.POSITIVE_INFINITY;
    double penalty = GRID[0];
    int worse = 0;
    for (int g = 0; g < GRID.length && worse < PATIENCE; g++) {
      double sum = 0;
      for (HeldOut h : all) {
        h.model = minimize(h.fitted, GRID[g], h.model);
        sum += new PenalizedLoss(h.measured, loss, 0).mean(h.model) * h.measured.weight();
      }
      worse = sum < best ? 0 : worse + 1;
      penalty = sum < best ? GRID[g] : penalty;
      best = Math.min(best, sum);
    }
    return penalty;
  }

  private LinearModel minimize(ProbeRows rows, double penalty, LinearModel start) {
    double[] weights = solver.minimize(new PenalizedLoss(rows, loss, penalty), start.weights());
    return new LinearModel(start.outputs(), start.width(), weights);
  }
}
