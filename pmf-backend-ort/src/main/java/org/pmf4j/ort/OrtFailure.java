package org.pmf4j.ort;

import ai.onnxruntime.OrtException;
import org.pmf4j.api.backend.EngineFailure;

/** A failure of ONNX Runtime's own, until users are told of it. */
final class OrtFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private OrtFailure(OrtException cause) {
    super(cause);
  }

  /** Calls ONNX Runtime. */
  static <T> T of(Call<T> call) {
    try {
      return call.make();
    } catch (OrtException e) {
      throw new OrtFailure(e);
    }
  }

  /**
   * The failure of a program or transfer as users see it: ONNX Runtime's own in one line, any other
   * as it is.
   */
  static RuntimeException tell(String where, RuntimeException e) {
    return e instanceof OrtFailure ? EngineFailure.tell(where, "ONNX Runtime", e) : e;
  }

  /** A call of ONNX Runtime. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws OrtException;
  }
}
