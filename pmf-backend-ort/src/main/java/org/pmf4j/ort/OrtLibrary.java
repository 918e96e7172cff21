package org.pmf4j.ort;

import java.util.Map;
import org.pmf4j.api.backend.EngineFailure;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.error.PmfException;

/** The native library of ONNX Runtime, which must be on the class path: nothing is downloaded. */
final class OrtLibrary {
  /** Folders of systems, where ONNX Runtime calls them otherwise than the artifacts here. */
  private static final Map<String, String> FOLDERS =
      Map.of("linux-x86_64", "linux-x64", "win-x86_64", "win-x64");

  private OrtLibrary() {}

  /** Why it could not be loaded: it is not there, or is and does not work. */
  static PmfException tell(Throwable e) {
    NativeArtifact artifact = NativeArtifact.ofThisSystem(OrtEngine.NAME);
    if (isMissing(artifact.system())) {
      return artifact.missing("ONNX Runtime", OrtLibrary.class);
    }
    return PmfException.environment(
        "ONNX Runtime could not be loaded: "
            + EngineFailure.firstLine(e)
            + "; it is unpacked to "
            + System.getProperty("java.io.tmpdir")
            + ": see that it can be written and that programs may be run there",
        e);
  }

  private static boolean isMissing(String system) {
    String resource =
        "ai/onnxruntime/native/"
            + FOLDERS.getOrDefault(system, system)
            + "/"
            + System.mapLibraryName("onnxruntime");
    return OrtLibrary.class.getClassLoader().getResource(resource) == null;
  }
}
