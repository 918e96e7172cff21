package org.pmf4j.bench.process;

import org.pmf4j.core.progress.Progress;

/**
 * Work that a {@link ChildJvm} does in a process of its own. Must have a public constructor without
 * arguments. Several threads may use it at once.
 *
 * @param <I> a record that JSON can tell: what to do
 * @param <O> a record that JSON can tell: what came of it
 */
@FunctionalInterface
public interface ChildTask<I, O> {
  /**
   * Does the work.
   *
   * @param progress is shown by the parent
   * @throws org.pmf4j.api.error.PmfException becomes the parent's, with its kind and message
   */
  O run(I input, Progress progress);
}
