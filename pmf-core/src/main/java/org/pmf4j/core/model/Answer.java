package org.pmf4j.core.model;

import org.pmf4j.core.data.Example;

/**
 * What a model said of a labelled row. Immutable, so that any number of threads may share it.
 *
 * @param row its number in the table, from 1
 * @param example the row
 * @param prediction what the model said
 * @param isRight whether that is the label; in a multi-label task, whether all labels are right; in
 *     a regression always false
 * @param loss how far it was off: the row's part of the mean that {@code loss} is
 */
public record Answer(
    int row, Example example, Prediction prediction, boolean isRight, double loss) {}
