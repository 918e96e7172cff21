package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Throws each violation, and remembers it for a test to ask for: one that is thrown while another
 * exception is on its way, such as a leak after a refusal, would not be seen otherwise. Several
 * threads may use it at once.
 */
public final class Violations implements Consumer<ContractViolation> {
  /** Those of all backends that were opened by a name {@code checking-NAME}. */
  public static final Violations OF_PROCESS = new Violations();

  private static final int REMEMBERED = 100;

  private final List<ContractViolation> unseen = new ArrayList<>();

  /** With nothing remembered. */
  public Violations() {}

  @Override
  public void accept(ContractViolation violation) {
    synchronized (unseen) {
      if (unseen.size() < REMEMBERED) {
        unseen.add(violation);
      }
    }
    throw violation;
  }

  /** What came since the last call, the first hundred of it. */
  public List<ContractViolation> take() {
    synchronized (unseen) {
      List<ContractViolation> all = List.copyOf(unseen);
      unseen.clear();
      return all;
    }
  }
}
