package org.pmf4j.api.backend.engine;

import org.pmf4j.api.error.PmfException;

/**
 * The devices of an engine that runs on the processor alone. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class CpuAlone {
  /** The name of the one device. */
  public static final String CPU = "cpu";

  private CpuAlone() {}

  /**
   * Accepts {@code auto} and {@code cpu}.
   *
   * @param backend the backend's name
   * @param device what is asked for
   * @throws PmfException for any other device
   */
  public static void require(String backend, String device) {
    if (device.matches("cuda(:\\d{1,3})?")) {
      throw PmfException.environment(
          "device '"
              + device
              + "' is not there: the "
              + backend
              + " backend runs on the cpu only; djl has cuda",
          null);
    }
    if (!device.equals("auto") && !device.equals(CPU)) {
      throw PmfException.usage(
          "unknown device '" + device + "'; the " + backend + " backend knows auto and cpu");
    }
  }
}
