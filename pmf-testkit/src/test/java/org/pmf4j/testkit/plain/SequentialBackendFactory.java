package org.pmf4j.testkit.plain;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;

/**
 * Opens the plain backend with sums that are rounded after every addition: slow, and as inexact as
 * correct code gets.
 */
public final class SequentialBackendFactory implements BackendFactory {
  private static final String NAME = "plain-sequential";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "plain Java, every sum rounded term by term: for measuring rounding errors";
  }

  @Override
  public Backend open(BackendOptions options) {
    return PlainBackendFactory.open(NAME, new SequentialKernels(), options);
  }
}
