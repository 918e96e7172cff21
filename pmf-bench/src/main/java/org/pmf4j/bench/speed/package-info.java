/**
 * What {@code pmf bench speed} and {@code pmf bench backends} measure: training steps and inference
 * over encoders of given sizes with random weights, through the same loading, trunks, cache and
 * optimizer as training has. Variants take turns, every figure is kept as soon as it is there, and
 * memory is that of a process of its own.
 */
package org.pmf4j.bench.speed;
