package org.pmf4j.testkit.checking;

import java.util.function.Consumer;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;

/** Opens backends of another factory inside checking ones. Several threads may use it at once. */
public final class CheckingBackendFactory implements BackendFactory {
  private static final String PREFIX = "checking-";

  private final BackendFactory delegate;
  private final Consumer<ContractViolation> violations;

  /** Checks that throw what they find. */
  public CheckingBackendFactory(BackendFactory delegate) {
    this(
        delegate,
        violation -> {
          throw violation;
        });
  }

  /**
   * Checks that report what they find.
   *
   * @param violations gets each of them and usually throws it; what it lets pass goes on to the
   *     delegate
   */
  public CheckingBackendFactory(BackendFactory delegate, Consumer<ContractViolation> violations) {
    this.delegate = delegate;
    this.violations = violations;
  }

  /** {@code checking-} and the delegate's name. */
  @Override
  public String name() {
    return PREFIX + delegate.name();
  }

  @Override
  public String description() {
    return delegate.description() + ", with every use of it checked";
  }

  @Override
  public Backend open(BackendOptions options) {
    return new CheckingBackend(name(), delegate.open(options), violations);
  }
}
