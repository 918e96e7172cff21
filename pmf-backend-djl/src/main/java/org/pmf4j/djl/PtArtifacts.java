package org.pmf4j.djl;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.error.PmfException;

/**
 * The artifacts with native code, which must be on the class path because nothing is downloaded.
 */
final class PtArtifacts {
  private static final String ENGINE = "pytorch-engine.properties";
  private static final String JNI = "jnilib/pytorch.properties";
  private static final String NATIVE = "native/lib/pytorch.properties";

  private PtArtifacts() {}

  /**
   * Looks for them.
   *
   * @throws PmfException naming the one to add
   */
  static void require() {
    Properties engine = versions();
    String pytorch = engine.getProperty("pytorch_version");
    if (isMissing(JNI)) {
      String version = pytorch + "-" + engine.getProperty("djl_version");
      throw missing("ai.djl.pytorch:pytorch-jni:" + version);
    }
    boolean elsewhere = Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null;
    NativeArtifact libraries = NativeArtifact.ofThisSystem(DjlEngine.NAME);
    if (!elsewhere && !systems().contains(libraries.system())) {
      throw libraries.missing("PyTorch", PtArtifacts.class);
    }
  }

  private static PmfException missing(String artifact) {
    return PmfException.environment(
        "the djl backend needs " + artifact + " on the class path; nothing is downloaded", null);
  }

  /** The versions that DJL's engine was built for. */
  private static Properties versions() {
    Properties properties = new Properties();
    try (InputStream in = loader().getResourceAsStream(ENGINE)) {
      if (in == null) {
        throw missing("ai.djl.pytorch:pytorch-engine");
      }
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMissing(String resource) {
    return loader().getResource(resource) == null;
  }

  /** Where DJL looks, within {@link OwnClassLoader}. */
  private static ClassLoader loader() {
    return PtArtifacts.class.getClassLoader();
  }

  /** The systems whose libraries are on the class path, which may hold those of several. */
  private static Set<String> systems() {
    try {
      Set<String> systems = new HashSet<>();
      for (URL resource : Collections.list(loader().getResources(NATIVE))) {
        try (InputStream in = resource.openStream()) {
          Properties properties = new Properties();
          properties.load(in);
          systems.add(properties.getProperty("classifier"));
        }
      }
      return systems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
