package org.pmf4j.tf;

import java.util.Map;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.error.PmfException;

/** The native library of TensorFlow, which must be on the class path: nothing is downloaded. */
final class TfLibrary {
  /** Folders of systems, where TensorFlow-Java calls them otherwise than the artifacts here. */
  private static final Map<String, String> FOLDERS =
      Map.of(
          "linux-aarch64", "linux-arm64",
          "osx-aarch64", "macosx-arm64",
          "win-x86_64", "windows-x86_64");

  private TfLibrary() {}

  /** Why it could not be loaded: it is not there, or is and does not work. */
  static PmfException tell(LinkageError e) {
    NativeArtifact artifact = NativeArtifact.ofThisSystem(TfEngine.NAME);
    if (isMissing(artifact.system())) {
      return artifact.missing("TensorFlow", TfLibrary.class);
    }
    String folder =
        System.getProperty(
            "org.bytedeco.javacpp.cachedir", System.getProperty("user.home") + "/.javacpp/cache");
    return PmfException.environment(
        "TensorFlow could not be loaded: "
            + TfErrors.firstLine(e)
            + "; it is unpacked to "
            + folder
            + ": see that it can be written, or delete it to have it unpacked again",
        e);
  }

  private static boolean isMissing(String system) {
    String resource =
        "org/tensorflow/internal/c_api/"
            + FOLDERS.getOrDefault(system, system)
            + "/"
            + System.mapLibraryName("jnitensorflow");
    return TfLibrary.class.getClassLoader().getResource(resource) == null;
  }
}
