package org.pmf4j.testkit.checking;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An operation that a body did.
 *
 * @param operation its name
 * @param arguments operands, as {@link Role#reference} names them, then numbers, axes and types
 * @param form what it made, or null for an assignment
 */
record Step(String operation, List<Object> arguments, Form form) {
  @Override
  public String toString() {
    String list = arguments.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return operation + "(" + list + ")" + (form == null ? "" : " = " + form);
  }
}
