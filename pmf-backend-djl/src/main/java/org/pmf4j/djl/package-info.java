/**
 * The compute backend over DJL's PyTorch engine. Every operation runs at once on PyTorch's own
 * arrays; gradients are PyTorch's autograd. The kernels come in one file per operation family,
 * named as the families of {@link org.pmf4j.api.tensor.Kernels}. What DJL's Java API lacks (fused
 * attention, differentiable casts, gradients that are not accumulated) is reached by TorchScript
 * that is put together in memory. Nothing is downloaded: the native library comes from the class
 * path.
 */
package org.pmf4j.djl;
