package org.pmf4j.bench.methods.work;

import org.pmf4j.bench.methods.plan.Cell;

/**
 * A cell to work on. Immutable, so that any number of threads may share it.
 *
 * @param setup what all cells share
 * @param cell which one
 * @param folder of its model
 * @param cache folder of all caches
 */
public record Job(Setup setup, Cell cell, String folder, String cache) {}
