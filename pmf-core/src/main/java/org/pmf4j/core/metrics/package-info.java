/**
 * How good predictions are. An {@link org.pmf4j.core.metrics.Evaluation} takes outputs and targets
 * row by row and ends in an immutable {@link org.pmf4j.core.metrics.EvaluationResult}; a {@link
 * org.pmf4j.core.metrics.Metric} is one number of it, by which epochs can be compared. Definitions
 * are those of scikit-learn, against whose values they are tested.
 */
package org.pmf4j.core.metrics;
