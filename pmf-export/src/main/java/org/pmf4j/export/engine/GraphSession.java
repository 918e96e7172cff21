package org.pmf4j.export.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.onnx.library.OnnxRuntimeLibrary;

/** A graph in a file, loaded by ONNX Runtime. Several threads may use it at once. */
public final class GraphSession implements AutoCloseable {
  private final Path file;
  private final OrtSession session;

  private GraphSession(Path file, OrtSession session) {
    this.file = file;
    this.session = session;
  }

  /**
   * Loads a graph with its weights.
   *
   * @return what the caller closes
   * @throws PmfException naming the file, if the engine refuses it
   */
  public static GraphSession open(Path file) {
    OnnxRuntimeLibrary.unpack();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OnnxRuntimeLibrary.removeTemporaryFolder();
      return new GraphSession(file, environment.createSession(file.toString(), options));
    } catch (OrtException e) {
      throw failure(file, "ONNX Runtime does not load it", e);
    }
  }

  /**
   * Runs the graph.
   *
   * @param inputs FLOAT32 or INT64, by their names in the graph
   * @return FLOAT32, by their names in the graph
   * @throws PmfException naming the file, if the engine refuses the inputs
   */
  public Named<HostTensor> run(Named<HostTensor> inputs) {
    Map<String, OnnxTensor> in = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, HostTensor> input : inputs.asMap().entrySet()) {
        in.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(in)) {
        Map<String, HostTensor> out = new LinkedHashMap<>();
        for (Map.Entry<String, OnnxValue> output : result) {
          out.put(output.getKey(), host((OnnxTensor) output.getValue()));
        }
        return Named.of(out);
      }
    } catch (OrtException e) {
      throw failure(file, "ONNX Runtime does not run it", e);
    } finally {
      in.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(HostTensor data) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    ByteBuffer bytes = data.data();
    long[] dims = data.shape().dims();
    return switch (data.dtype()) {
      case FLOAT32 -> OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), dims);
      case INT64 -> OnnxTensor.createTensor(environment, bytes.asLongBuffer(), dims);
      default -> throw new IllegalArgumentException("no input of a graph is a " + data);
    };
  }

  private static HostTensor host(OnnxTensor tensor) {
    float[] values = new float[tensor.getFloatBuffer().remaining()];
    tensor.getFloatBuffer().get(values);
    return HostTensor.of(values, tensor.getInfo().getShape());
  }

  private static PmfException failure(Path file, String what, OrtException cause) {
    String first = cause.getMessage().lines().findFirst().orElse("");
    return PmfException.environment(file + ": " + what + ": " + first, cause);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failure(file, "ONNX Runtime does not close it", e);
    }
  }
}
