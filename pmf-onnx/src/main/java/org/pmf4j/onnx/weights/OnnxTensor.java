package org.pmf4j.onnx.weights;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.pmf4j.api.tensor.Shape;

/**
 * A weight of a model. Immutable, so that any number of threads may share it.
 *
 * @param type of its elements in the file
 * @param shape as the model had it before the export
 * @param bytes gives its elements in memory of their own or of the file's, row by row, little
 *     endian; throws a {@link org.pmf4j.api.error.PmfException} that names file and tensor if they
 *     are not all there
 */
public record OnnxTensor(ElementType type, Shape shape, Supplier<ByteBuffer> bytes) {}
