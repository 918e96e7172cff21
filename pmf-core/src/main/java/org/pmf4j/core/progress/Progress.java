package org.pmf4j.core.progress;

/** Shows the progress of long work. */
public interface Progress {
  /** Shows nothing. */
  Progress SILENT = (what, total, unit) -> Bar.SILENT;

  /**
   * Begins a piece of work.
   *
   * @param what a word or two, such as {@code epoch 3/10}
   * @param total its size in units
   * @param unit such as {@code samples}
   * @return a bar which the caller closes
   */
  Bar begin(String what, long total, String unit);

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
