package org.pmf4j.export.files;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;

/**
 * A graph's {@code config.pbtxt}, by which NVIDIA Triton serves it. Has no state: any thread may
 * call it.
 */
public final class TritonConfig {
  /** Rows that a server puts together at most. */
  private static final int LARGEST_BATCH = 64;

  private TritonConfig() {}

  /** The configuration as text. */
  public static String of(GraphFile file) {
    boolean open = file.graph().batchIsOpen();
    StringBuilder b = new StringBuilder();
    b.append("name: \"").append(file.modelName()).append("\"\n");
    b.append("platform: \"onnxruntime_onnx\"\n");
    b.append("max_batch_size: ").append(open ? LARGEST_BATCH : 0).append('\n');
    b.append("input [\n");
    b.append(
        file.inputs().stream()
            .map(i -> tensor(i.name(), type(i), dims(i, open)))
            .collect(Collectors.joining(",\n")));
    b.append("\n]\noutput [\n");
    b.append(
        file.outputs().stream()
            .map(o -> tensor(o.name(), "TYPE_FP32", (open ? "" : "1, ") + o.width()))
            .collect(Collectors.joining(",\n")));
    b.append("\n]\n");
    if (open) {
      b.append("dynamic_batching { }\n");
    }
    return b.toString();
  }

  private static String tensor(String name, String type, String dims) {
    return String.format(
        Locale.ROOT,
        "  {\n    name: \"%s\"\n    data_type: %s\n    dims: [ %s ]\n  }",
        name,
        type,
        dims);
  }

  private static String type(GraphInput input) {
    return input.dtype() == DType.INT64 ? "TYPE_INT64" : "TYPE_FP32";
  }

  /** Without the batch, where the server adds it. */
  private static String dims(GraphInput input, boolean open) {
    List<Dim> dims = input.dims().subList(open ? 1 : 0, input.dims().size());
    return dims.stream().map(d -> Long.toString(d.size())).collect(Collectors.joining(", "));
  }
}
