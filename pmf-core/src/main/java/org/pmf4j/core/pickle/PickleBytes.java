package org.pmf4j.core.pickle;

/**
 * Python's {@code bytes}, of which nobody needs more than that they were there. Immutable, so that
 * any number of threads may share it.
 *
 * @param length how many they were
 */
public record PickleBytes(long length) {}
