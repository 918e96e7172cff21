package org.pmf4j.tf;

import java.nio.ByteOrder;
import org.pmf4j.api.error.PmfException;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * The TensorFlow library of this process, loaded once. The threads of an operation come from one
 * pool for the whole process, whose size the first session fixes.
 *
 * @param version TensorFlow's version
 * @param threads threads that one operation may use
 */
record TfRuntime(String version, int threads) {
  private static TfRuntime loaded;

  /**
   * Loads the library, unpacking it first where this has not happened yet.
   *
   * @param threads asked for; 0 for one a processor, or for what this process has already
   * @throws PmfException if the library is missing or does not load, or this process has another
   *     number of threads already
   */
  static synchronized TfRuntime load(int threads) {
    if (loaded == null) {
      int chosen = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
      loaded = new TfRuntime(loadLibrary(), chosen);
    } else if (threads != 0 && threads != loaded.threads) {
      throw PmfException.environment(
          "TensorFlow has been running with "
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

  private static String loadLibrary() {
    // JavaCPP would otherwise refuse memory beyond a multiple of the Java heap, where tensors are
    // not.
    for (String limit : new String[] {"maxBytes", "maxPhysicalBytes"}) {
      String key = "org.bytedeco.javacpp." + limit;
      System.setProperty(key, System.getProperty(key, "0"));
    }
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw PmfException.environment("the tf backend runs on little-endian machines only", null);
    }
    try {
      return TensorFlow.version();
    } catch (LinkageError e) {
      throw TfLibrary.tell(e);
    }
  }

  /** How sessions are opened. A second pass of the graph optimizers would find next to nothing. */
  ConfigProto session() {
    RewriterConfig.Builder onePass =
        RewriterConfig.newBuilder()
            .setMetaOptimizerIterations(RewriterConfig.NumIterationsType.ONE);
    return ConfigProto.newBuilder()
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(onePass))
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(threads)
        .build();
  }
}
