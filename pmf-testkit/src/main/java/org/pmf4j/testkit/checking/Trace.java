package org.pmf4j.testkit.checking;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a body did, to hold its next call against. A graph backend keeps the like.
 *
 * @param steps the operations, in order
 * @param outputs by name, in order, what was made an output
 * @param forms of the outputs
 * @param tensors from outside that it uses
 * @param parameters that it uses
 * @param assigned parameters
 */
record Trace(
    List<Step> steps,
    Map<String, Object> outputs,
    Map<String, Form> forms,
    Set<Role.Owned> tensors,
    Set<CheckingParameter> parameters,
    Set<CheckingParameter> assigned) {

  /**
   * As the API says: what is closed cannot be used, even where a backend would not look again.
   *
   * @param program for the message
   */
  void requireOpen(String program) {
    for (Role.Owned tensor : tensors) {
      if (tensor.isClosed()) {
        throw closed(program, tensor + tensor.history());
      }
    }
    for (CheckingParameter parameter : parameters) {
      if (parameter.isClosed()) {
        throw closed(program, parameter + parameter.history());
      }
    }
  }

  private static IllegalStateException closed(String program, String what) {
    return new IllegalStateException(program + " uses what was closed: use after close of " + what);
  }
}
