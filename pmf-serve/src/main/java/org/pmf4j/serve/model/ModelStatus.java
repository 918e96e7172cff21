package org.pmf4j.serve.model;

/**
 * What became of a model. Immutable, so that any number of threads may share it.
 *
 * @param name of the model
 * @param ready true if it answers
 * @param version counts how often one was loaded under this name; 0 if none was
 * @param reason why it does not answer, or why its newest files do not; empty if all is well
 */
public record ModelStatus(String name, boolean ready, int version, String reason) {}
