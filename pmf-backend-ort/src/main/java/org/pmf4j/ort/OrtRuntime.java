package org.pmf4j.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import java.nio.ByteOrder;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.onnx.library.OnnxRuntimeLibrary;

/**
 * The ONNX Runtime of this process, loaded once. The threads of an operation come from one pool for
 * the whole process, whose size is fixed when it is loaded: sessions with pools of their own would
 * have as many threads more, each. Immutable, so that any number of threads may share it.
 *
 * @param environment what sessions and tensors belong to
 * @param threads threads that one operation may use
 */
record OrtRuntime(OrtEnvironment environment, int threads) {
  private static OrtRuntime loaded;

  /**
   * Loads the library, unpacking it first where no process of this user did.
   *
   * @param threads asked for; 0 for one a processor, or for what this process has already
   * @throws PmfException if the library is missing or does not load, or this process has another
   *     number of threads already
   */
  static synchronized OrtRuntime load(int threads) {
    if (loaded == null) {
      int chosen = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
      loaded = new OrtRuntime(environment(chosen), chosen);
    } else if (threads != 0 && threads != loaded.threads) {
      throw PmfException.environment(
          "ONNX Runtime has been running with "
              + loaded.threads
              + " threads in this process and cannot change to "
              + threads
              + "; ask for "
              + loaded.threads
              + " or 0, or use another process",
          null);
    }
    return loaded;
  }

  private static OrtEnvironment environment(int threads) {
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw PmfException.environment("the ort backend runs on little-endian machines only", null);
    }
    OnnxRuntimeLibrary.unpack();
    try (OrtEnvironment.ThreadingOptions pool = new OrtEnvironment.ThreadingOptions()) {
      pool.setGlobalIntraOpNumThreads(threads);
      pool.setGlobalInterOpNumThreads(1);
      // A thread that waits for the next operation is not to keep a processor from others.
      pool.setGlobalSpinControl(false);
      OrtLoggingLevel level = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
      OrtEnvironment environment = OrtEnvironment.getEnvironment(level, OrtEngine.NAME, pool);
      environment.setTelemetry(false);
      EndlessEnvironment.keep();
      OnnxRuntimeLibrary.removeTemporaryFolder();
      return environment;
    } catch (LinkageError | OrtException | RuntimeException e) {
      throw OrtLibrary.tell(e);
    }
  }

  /** ONNX Runtime's version. */
  String version() {
    return environment.getVersion();
  }
}
