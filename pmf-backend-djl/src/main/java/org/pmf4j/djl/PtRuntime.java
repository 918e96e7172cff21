package org.pmf4j.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Utils;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;

/**
 * The PyTorch library of this process, loaded once.
 *
 * @param engine DJL's engine
 * @param defaultThreads the threads that PyTorch chose for one operation
 */
record PtRuntime(Engine engine, int defaultThreads) {
  private static final String JNI_RESOURCE = "jnilib/pytorch.properties";
  private static final String NATIVE_RESOURCE = "native/lib/pytorch.properties";
  private static PtRuntime loaded;

  /**
   * Loads the library, unpacking it first where this has not happened yet.
   *
   * @throws PmfException if an artifact is missing, the folder to unpack to cannot be written, or
   *     the library does not load
   */
  static synchronized PtRuntime load() {
    if (loaded == null) {
      loaded = loadOnce();
    }
    return loaded;
  }

  private static PtRuntime loadOnce() {
    forbidDownloads();
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw PmfException.environment("the djl backend runs on little-endian machines only", null);
    }
    requireArtifact(JNI_RESOURCE, "ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1");
    if (Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") == null) {
      requireArtifact(
          NATIVE_RESOURCE,
          "ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier of this platform, such as"
              + " linux-x86_64,");
    }
    requireWritable(Utils.getEngineCacheDir("pytorch"));
    try {
      Engine engine = Engine.getEngine("PyTorch");
      return new PtRuntime(engine, JniUtils.getNumThreads());
    } catch (EngineException | LinkageError e) {
      throw PmfException.environment(
          "PyTorch could not be loaded: "
              + PtErrors.firstLine(e)
              + "; its files are unpacked to "
              + Utils.getEngineCacheDir("pytorch")
              + ", which may be deleted to unpack them again",
          e);
    }
  }

  /** DJL would otherwise fetch missing libraries and report its use. */
  private static void forbidDownloads() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
  }

  private static void requireArtifact(String resource, String artifact) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? PtRuntime.class.getClassLoader() : context;
    if (loader.getResource(resource) == null) {
      throw PmfException.environment(
          "the djl backend needs " + artifact + " on the class path; nothing is downloaded", null);
    }
  }

  private static void requireWritable(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "write", ".test"));
    } catch (IOException e) {
      throw PmfException.environment(
          "PyTorch's library is unpacked to "
              + folder
              + ", which cannot be written; set ENGINE_CACHE_DIR to a folder that can",
          e);
    }
  }
}
