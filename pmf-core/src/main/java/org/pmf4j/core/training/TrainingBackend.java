package org.pmf4j.core.training;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.error.PmfException;

/** Whether a backend can train. Has no state: any thread may call it. */
public final class TrainingBackend {
  private TrainingBackend() {}

  /**
   * Refuses a backend that computes alone, before anything is read.
   *
   * @return the backend
   * @throws PmfException in one line, if it does not declare {@link Capability#TRAINING}
   */
  public static Backend require(Backend backend) {
    if (!backend.info().can(Capability.TRAINING)) {
      throw PmfException.usage(
          "backend "
              + backend.info().name()
              + " computes and does not train; use --backend djl or another that trains, whose"
              + " models it computes then");
    }
    return backend;
  }
}
