package org.pmf4j.ort;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * Keeps ONNX Runtime's environment until the process has ended. Its Java classes release it in a
 * shutdown hook of their own, at once and under whatever runs, while {@link
 * org.pmf4j.api.lifetime.EngineGate} still waits for that: the process then crashes
 * (microsoft/onnxruntime, issue 31352). The environment counts who has asked for it and is released
 * with the last; who asks here never releases it. There is no public door to that. Has no state.
 */
final class EndlessEnvironment {
  private EndlessEnvironment() {}

  /**
   * Asks for the environment once more.
   *
   * @return false if these classes are of a version that does not let us, with which a process that
   *     ends while it computes may crash
   */
  static boolean keep() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      int level = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue();
      create.invoke(null, api.getLong(null), level, OrtEngine.NAME);
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }
}
