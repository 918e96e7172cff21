/**
 * A backend that wraps another one and polices the contract between a backend and those who use it.
 * {@link org.pmf4j.testkit.checking.CheckingBackendFactory} wraps a factory; where this module is
 * on the class path, every backend {@code NAME} is also offered as {@code checking-NAME}, so that a
 * plugin's author runs whole commands on it: {@code Pmf.open("checking-djl", options)}.
 *
 * <p>It looks at both sides. Of the backend it wants the shapes, types, names and life times that
 * the API promises. Of those who use it: nothing is used after it was closed, nothing is open when
 * the backend closes, nothing leaves the body of a program but its outputs, a parameter is assigned
 * by one thread at a time, and a body is a pure function that does the same operations with the
 * same numbers whenever its inputs have the same names, types and shapes: a graph backend calls it
 * once for all of them. What the API has refused by an exception of its own stays that exception,
 * with a message that also tells where the thing was made and closed; all else is a {@link
 * org.pmf4j.testkit.checking.ContractViolation}.
 */
package org.pmf4j.testkit.checking;
