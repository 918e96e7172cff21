/**
 * The jobs that a user asks for – train, evaluate, predict, encode – each with a configuration of
 * its own and the same power from Java and from the command line.
 */
package org.pmf4j.core.run;
