package org.pmf4j.hub.fetch;

/** Hears how a model is fetched, and may end it. Called by the thread that fetches. */
public interface FetchListener {
  /** Shows nothing and never ends anything. */
  FetchListener NONE = (file, total, done) -> Transfer.SILENT;

  /**
   * A file begins to arrive.
   *
   * @param file its name in the model
   * @param total its size in bytes; 0 where the hub does not tell it
   * @param done bytes of it that an earlier run has fetched already
   * @return what hears of the rest; closed when it is there, or is not going to be
   */
  Transfer begin(String file, long total, long done);

  /** The hub is waited for: one line that says why and how long. */
  default void waiting(String why) {}

  /** True if the work should end; asked several times a second. */
  default boolean stopRequested() {
    return false;
  }

  /** One file that arrives. */
  interface Transfer extends AutoCloseable {
    /** Shows nothing. */
    Transfer SILENT = bytes -> {};

    /** Tells that more bytes are there. */
    void advance(long bytes);

    @Override
    default void close() {}
  }
}
