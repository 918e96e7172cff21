package org.pmf4j.core.training;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a run stands between two optimizer steps.
 *
 * @param epoch the current epoch, from 0
 * @param batch the next batch of it, from 0
 * @param step optimizer steps taken
 * @param lossSum sum over the epoch's samples so far
 * @param samples of the epoch so far
 * @param best best validation metric so far; NaN if there is none
 * @param bestEpoch its epoch, from 0; −1 if there is none
 * @param logBytes length of the log that belongs to this state
 */
record RunState(
    int epoch,
    int batch,
    long step,
    double lossSum,
    long samples,
    double best,
    int bestEpoch,
    long logBytes) {

  static final RunState START = new RunState(0, 0, 0, 0, 0, Double.NaN, -1, 0);

  RunState afterBatch(double loss, int rows) {
    return new RunState(
        epoch, batch + 1, step, lossSum + loss * rows, samples + rows, best, bestEpoch, logBytes);
  }

  RunState afterStep() {
    return new RunState(epoch, batch, step + 1, lossSum, samples, best, bestEpoch, logBytes);
  }

  RunState nextEpoch() {
    return new RunState(epoch + 1, 0, step, 0, 0, best, bestEpoch, logBytes);
  }

  RunState withBest(double value) {
    return new RunState(epoch, batch, step, lossSum, samples, value, epoch, logBytes);
  }

  RunState withLogBytes(long bytes) {
    return new RunState(epoch, batch, step, lossSum, samples, best, bestEpoch, bytes);
  }

  double meanLoss() {
    return lossSum / Math.max(1, samples);
  }

  /** As text that keeps every bit. */
  Map<String, String> toMap() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("epoch", Integer.toString(epoch));
    m.put("batch", Integer.toString(batch));
    m.put("step", Long.toString(step));
    m.put("loss_sum", Double.toHexString(lossSum));
    m.put("samples", Long.toString(samples));
    m.put("best", Double.isNaN(best) ? "none" : Double.toHexString(best));
    m.put("best_epoch", Integer.toString(bestEpoch));
    m.put("log_bytes", Long.toString(logBytes));
    return m;
  }

  static RunState of(Map<String, String> m) {
    return new RunState(
        Integer.parseInt(m.get("epoch")),
        Integer.parseInt(m.get("batch")),
        Long.parseLong(m.get("step")),
        Double.parseDouble(m.get("loss_sum")),
        Long.parseLong(m.get("samples")),
        m.get("best").equals("none") ? Double.NaN : Double.parseDouble(m.get("best")),
        Integer.parseInt(m.get("best_epoch")),
        Long.parseLong(m.get("log_bytes")));
  }
}
