package org.pmf4j.ort;

import org.pmf4j.api.backend.EngineFailure;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.onnx.library.OnnxRuntimeLibrary;

/** The native library of ONNX Runtime, which must be on the class path: nothing is downloaded. */
final class OrtLibrary {
  private OrtLibrary() {}

  /** Why it could not be loaded: it is not there, or is and does not work. */
  static PmfException tell(Throwable e) {
    if (OnnxRuntimeLibrary.isMissing()) {
      return NativeArtifact.ofThisSystem(OrtEngine.NAME).missing("ONNX Runtime", OrtLibrary.class);
    }
    String folder =
        System.getProperty(OnnxRuntimeLibrary.FOLDER, System.getProperty("java.io.tmpdir"));
    return PmfException.environment(
        "ONNX Runtime could not be loaded: "
            + EngineFailure.firstLine(e)
            + "; it is unpacked to "
            + folder
            + ": see that it can be written and that programs may be run there",
        e);
  }
}
