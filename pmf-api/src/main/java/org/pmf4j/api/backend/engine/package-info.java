/**
 * How a backend is written: an {@link org.pmf4j.api.backend.engine.Engine} computes, and {@link
 * org.pmf4j.api.backend.engine.EngineBackend} makes a {@link org.pmf4j.api.backend.Backend} of it
 * that checks what every backend must check – whose tensors these are, what is open and closed,
 * what is declared, when gradients are taken –, as {@link org.pmf4j.api.tensor.Tensor} does over
 * {@link org.pmf4j.api.tensor.Kernels}. An engine works on values of its own and sees no tensor. It
 * is eager, computing each operation at once, or makes graphs of programs.
 */
package org.pmf4j.api.backend.engine;
