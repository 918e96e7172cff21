package org.pmf4j.core.progress;

import java.util.function.BooleanSupplier;
import org.pmf4j.api.error.PmfException;

/**
 * Shows the progress of long work, and may ask it to stop. Work asks between its steps, and ends at
 * the next one: training with a checkpoint to go on from. Interrupting the thread that does the
 * work asks for the same.
 */
public interface Progress {
  /** The size of work that cannot be told before it ends. */
  long UNKNOWN = -1;

  /** Shows nothing. */
  Progress SILENT = (what, total, unit) -> Bar.SILENT;

  /**
   * Begins a piece of work.
   *
   * @param what a word or two, such as {@code epoch 3/10}
   * @param total its size in units, or {@link #UNKNOWN}
   * @param unit such as {@code samples}
   * @return a bar which the caller closes
   */
  Bar begin(String what, long total, String unit);

  /** True if the work should end early; asked by any thread, often. */
  default boolean stopRequested() {
    return false;
  }

  /** The same, asking to stop as soon as {@code stop} says so. */
  default Progress until(BooleanSupplier stop) {
    Progress shown = this;
    return new Progress() {
      @Override
      public Bar begin(String what, long total, String unit) {
        return shown.begin(what, total, unit);
      }

      @Override
      public boolean stopRequested() {
        return stop.getAsBoolean() || shown.stopRequested();
      }
    };
  }

  /** Work that is shown as a part of other work: each piece of it advances its bar. */
  default Progress within(Bar whole) {
    Progress shown = this;
    return new Progress() {
      @Override
      public Bar begin(String what, long total, String unit) {
        return new Bar() {
          @Override
          public void advance(long units, String note) {
            whole.advance(units, note);
          }
        };
      }

      @Override
      public boolean stopRequested() {
        return shown.stopRequested();
      }
    };
  }

  /** True if this, or an interrupt of the calling thread, asks to stop. */
  default boolean mustStop() {
    return stopRequested() || Thread.currentThread().isInterrupted();
  }

  /**
   * Ends work that has nothing to save.
   *
   * @param where for the message, such as {@code while predicting}
   * @throws PmfException of the kind STOPPED, if this or an interrupt asks to stop
   */
  default void checkStop(String where) {
    if (mustStop()) {
      throw PmfException.stopped("stopped " + where);
    }
  }

  /** One piece of work in progress. Safe for several threads. */
  interface Bar extends AutoCloseable {
    /** Shows nothing. */
    Bar SILENT = (units, note) -> {};

    /**
     * Tells that some units are done.
     *
     * @param units more units done
     * @param note a short remark, such as the current loss; may be empty
     */
    void advance(long units, String note);

    /** Ends the bar. */
    @Override
    default void close() {}
  }
}
