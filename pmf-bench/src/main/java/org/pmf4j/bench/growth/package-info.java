/**
 * How training on a cluster would grow: steps that were measured with few executors, a {@link
 * org.pmf4j.bench.growth.StepModel} of their time fitted to them, and two ways to ask it about more
 * executors, a formula and a simulation, which are held against each other. Nothing here knows
 * Spark but by the file that its listener writes.
 */
package org.pmf4j.bench.growth;
