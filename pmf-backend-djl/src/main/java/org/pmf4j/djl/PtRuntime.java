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
  private static PtRuntime loaded;

  /**
   * Loads the library, unpacking it first where this has not happened yet.
   *
   * @throws PmfException if an artifact is missing, the folder to unpack to cannot be written, or
   *     the library does not load
   */
  static synchronized PtRuntime load() {
    if (loaded == null) {
      loaded = OwnClassLoader.within(PtRuntime::loadOnce);
    }
    return loaded;
  }

  private static PtRuntime loadOnce() {
    // DJL would otherwise fetch a missing library and report its use.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw PmfException.environment("the djl backend runs on little-endian machines only", null);
    }
    PtArtifacts.require();
    try {
      Engine engine = Engine.getEngine("PyTorch");
      return new PtRuntime(engine, JniUtils.getNumThreads());
    } catch (EngineException | LinkageError e) {
      throw tell(e);
    }
  }

  private static PmfException tell(Throwable e) {
    Path folder = Utils.getEngineCacheDir("pytorch");
    String what = "PyTorch could not be loaded: " + PtErrors.firstLine(e);
    return PmfException.environment(
        isWritable(folder)
            ? what + "; its files are in " + folder + ": delete it to have them unpacked again"
            : what
                + "; it is unpacked to "
                + folder
                + ", which cannot be written: set ENGINE_CACHE_DIR to a folder that can",
        e);
  }

  private static boolean isWritable(Path folder) {
    try {
      Files.delete(Files.createTempFile(Files.createDirectories(folder), "write", ".test"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
