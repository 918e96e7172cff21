/** The few statistics that benchmarks need: medians with their spread, and straight lines. */
package org.pmf4j.bench.statistics;
