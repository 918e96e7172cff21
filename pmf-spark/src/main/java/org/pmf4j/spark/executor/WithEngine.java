package org.pmf4j.spark.executor;

import java.util.function.Consumer;
import java.util.function.Function;
import org.pmf4j.core.Pmf;
import org.pmf4j.spark.executor.Shared.Lease;

/**
 * Something that was opened on this process's engine, which is given back behind it. Several
 * threads may use it at once, as what was opened says; it is closed by who lends it.
 *
 * @param <T> what was opened
 */
public final class WithEngine<T> implements AutoCloseable {
  private final Lease<Pmf> pmf;
  private final T opened;
  private final Consumer<T> closing;

  private WithEngine(Lease<Pmf> pmf, T opened, Consumer<T> closing) {
    this.pmf = pmf;
    this.opened = opened;
    this.closing = closing;
  }

  /**
   * Opens something.
   *
   * @param open makes it; what it throws passes through
   * @param closing closes it
   */
  public static <T> WithEngine<T> open(Engine engine, Function<Pmf, T> open, Consumer<T> closing) {
    Lease<Pmf> pmf = engine.lease();
    try {
      return new WithEngine<>(pmf, open.apply(pmf.get()), closing);
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
  public void close() {
    try {
      closing.accept(opened);
    } finally {
      pmf.close();
    }
  }
}
