/**
 * The tensor API over which all maths of the framework is written once. A {@link
 * org.pmf4j.api.tensor.Tensor} is a value on some backend; its operations check types and shapes
 * here, before any native code sees them, and then call the backend's {@link
 * org.pmf4j.api.tensor.Kernels}, which come in small families. Data on the Java side is a {@link
 * org.pmf4j.api.tensor.HostTensor}. A {@link org.pmf4j.api.tensor.TensorScope} closes what a
 * program made on the way to its results.
 */
package org.pmf4j.api.tensor;
