/**
 * The compute backend over TensorFlow-Java. TensorFlow takes gradients of graphs only, so a program
 * is traced: its body runs once over symbols, and what it does becomes a graph with a session of
 * its own, which is freed with the program. The traced graph leaves batch sizes and sequence
 * lengths open. Weights and parameters stay in TensorFlow's memory and are fed by reference, so
 * that many graphs share them; an assigned parameter is an output that takes its place after the
 * run. The kernels come in one file per operation family, named as the families of {@link
 * org.pmf4j.api.tensor.Kernels}.
 */
package org.pmf4j.tf;
