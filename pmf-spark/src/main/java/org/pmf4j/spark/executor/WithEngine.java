package org.pmf4j.spark.executor;

import java.util.function.Function;
import org.pmf4j.core.Pmf;
import org.pmf4j.spark.executor.Shared.Lease;

/**
 * Something that was opened on this process's engine, which is given back behind it. Several
 * threads may use it at once, as what was opened says; it is closed by who lends it.
 *
 * @param <T> what was opened
 */
public final class WithEngine<T extends AutoCloseable> implements AutoCloseable {
  private final Lease<Pmf> pmf;
  private final T opened;

  private WithEngine(Lease<Pmf> pmf, T opened) {
    this.pmf = pmf;
    this.opened = opened;
  }

  /**
   * Opens something.
   *
   * @param open makes it; what it throws passes through
   */
  public static <T extends AutoCloseable> WithEngine<T> open(Engine engine, Function<Pmf, T> open) {
    Lease<Pmf> pmf = engine.lease();
    try {
      return new WithEngine<>(pmf, open.apply(pmf.get()));
    } catch (RuntimeException | Error e) {
      pmf.close();
      throw e;
    }
  }

  /** What was opened; to be closed by this alone. */
  public T get() {
    return opened;
  }

  @Override
  public void close() throws Exception {
    try {
      opened.close();
    } finally {
      pmf.close();
    }
  }
}
