package org.pmf4j.core.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.file.Shown;

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

  /**
   * The state that a checkpoint tells.
   *
   * @param file for messages
   * @throws PmfException naming the entry that is missing or cannot be true
   */
  static RunState of(Path file, Map<String, String> m) {
    Entries e = new Entries(file, m);
    int epoch = (int) e.whole("epoch", 0, Integer.MAX_VALUE);
    int bestEpoch = (int) e.whole("best_epoch", -1, epoch);
    boolean none = "none".equals(m.get("best"));
    return new RunState(
        epoch,
        (int) e.whole("batch", 0, Integer.MAX_VALUE),
        e.whole("step", 0, Long.MAX_VALUE),
        e.number("loss_sum"),
        e.whole("samples", 0, Long.MAX_VALUE),
        none ? Double.NaN : e.number("best"),
        bestEpoch,
        e.whole("log_bytes", 0, Long.MAX_VALUE));
  }

  /** A checkpoint's own entries. */
  private record Entries(Path file, Map<String, String> all) {
    long whole(String key, long least, long most) {
      try {
        long value = Long.parseLong(text(key));
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(key, e);
      }
      throw wrong(key, null);
    }

    double number(String key) {
      try {
        double value = Double.parseDouble(text(key));
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(key, e);
      }
      throw wrong(key, null);
    }

    private String text(String key) {
      String text = all.get(key);
      if (text == null) {
        throw PmfException.input(
            file + ": entry \"" + key + "\" is missing; this is no checkpoint of a run");
      }
      return text;
    }

    private PmfException wrong(String key, Exception cause) {
      return PmfException.input(
          file + ": entry \"" + key + "\" cannot be " + Shown.quoted(all.get(key)), cause);
    }
  }
}
