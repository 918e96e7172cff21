/**
 * Python's pickle format, protocols 2 to 5, as far as it is data. A pickle is a program for a small
 * machine, and that machine may call whatever Python can import: so a pickle of a stranger runs
 * what the stranger wants. {@link org.pmf4j.core.pickle.Unpickler} is that machine without the
 * danger: numbers, texts, lists, tuples and dicts are its own, and every name is given to {@link
 * org.pmf4j.core.pickle.Meaning}, which knows a few and refuses the rest before anything is done
 * with them. No Java class is ever found by a name in a file. What it takes is bounded: bytes,
 * values, names remembered and lengths, each of which is compared with what is there before memory
 * is given to it.
 *
 * <p>Why not a library: those for the JVM read any pickle. They make something of every class that
 * a file names, keep going where they should stop, and give memory to whatever length a file
 * claims.
 */
package org.pmf4j.core.pickle;
