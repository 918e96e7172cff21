/**
 * What {@code pmf bench methods} runs: fusion methods trained over several seeds on the user's own
 * data. A {@link org.pmf4j.bench.methods.MethodsBench} goes through the cells of a plan, one for
 * each variant and seed, trains and evaluates each in processes of its own, and keeps what came of
 * it in a folder where a run that was killed goes on.
 */
package org.pmf4j.bench.methods;
