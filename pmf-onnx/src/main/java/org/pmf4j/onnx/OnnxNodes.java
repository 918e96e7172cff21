package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;

/**
 * What the operation families share: an operation becomes nodes of the current trace. The tensor
 * API has checked types and shapes, so that they are not looked at again here.
 */
interface OnnxNodes {
  /** Adds a node whose result has a type of its own. */
  default OnnxValue node(
      String operator, DType dtype, List<OnnxValue> inputs, AttributeProto... attributes) {
    return GraphTrace.current().node(operator, dtype, inputs, List.of(attributes));
  }

  /** Adds a node whose result has the type of its first input. */
  default OnnxValue node(String operator, OnnxValue first, OnnxValue... others) {
    List<OnnxValue> inputs = new ArrayList<>(List.of(first));
    inputs.addAll(Arrays.asList(others));
    return node(operator, first.dtype(), inputs);
  }

  /** A number in the type of {@code like}. */
  default OnnxValue scalar(double number, OnnxValue like) {
    return GraphTrace.current().constant(Constants.scalar(number, like.dtype()), like.dtype());
  }

  /** A vector of integers. */
  default OnnxValue integers(long... numbers) {
    return GraphTrace.current().constant(Constants.integers(numbers), DType.INT64);
  }

  /** One dimension of a value, as a vector of one integer. */
  default OnnxValue dim(OnnxValue of, int axis) {
    return node(
        "Shape",
        DType.INT64,
        List.of(of),
        Attributes.integer("start", axis),
        Attributes.integer("end", axis + 1L));
  }
}
