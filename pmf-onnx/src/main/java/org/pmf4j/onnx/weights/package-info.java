/**
 * The weights of models that others have exported to ONNX. {@code OnnxWeights} reads a file, with
 * what lies beside it ({@code ExternalData}), and gives tensors the names that they had before the
 * export ({@code WeightNames}): exporters keep most, turn matrices around and leave them nameless.
 */
package org.pmf4j.onnx.weights;
