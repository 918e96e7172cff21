/**
 * Fusion methods to compare PMF with, and the benchmarks that compare methods, backends and forms
 * of the computation. What is here is a plugin like any other; the benchmarks run it through the
 * same encoders, data, trainer and saved format.
 */
package org.pmf4j.bench;
