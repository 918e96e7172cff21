package org.pmf4j.core.probe;

import org.pmf4j.core.statistics.ConfidenceInterval;

/**
 * What a model reached on the compared rows. Immutable, so that any number of threads may share it.
 *
 * @param value of the metric
 * @param interval of it, at 95 %
 */
public record Score(double value, ConfidenceInterval interval) {}
