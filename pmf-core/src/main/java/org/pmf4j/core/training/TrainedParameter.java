package org.pmf4j.core.training;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;

/**
 * A parameter that is trained, and what a trainer must know of it. Immutable, but for the value;
 * several threads may share it as they may the parameter.
 *
 * @param parameter the variable
 * @param role what the optimizer does to it beside following its gradient
 * @param owner whose weight it is
 */
public record TrainedParameter(Parameter parameter, Parameters.Role role, Owner owner) {

  /** Whose weight a parameter is. */
  public enum Owner {
    /** The method's, or a head's: it began at random. */
    NEW,
    /** An encoder's: it was pretrained. */
    ENCODER
  }
}
