/**
 * Tensor operations as ONNX graphs. {@link org.pmf4j.onnx.OnnxKernels} implements the kernels of
 * the tensor API by adding nodes to the {@link org.pmf4j.onnx.GraphTrace} that the thread has
 * entered; the kernels come in one file per operation family, named as the families of {@link
 * org.pmf4j.api.tensor.Kernels}. {@link org.pmf4j.onnx.TracingBackend} is a backend that computes
 * nothing and makes an {@link org.pmf4j.onnx.OnnxModel} of a program's body, to be written to a
 * file. Engines that run such graphs trace with values of their own ({@link
 * org.pmf4j.onnx.OnnxValue.Held}).
 */
package org.pmf4j.onnx;
