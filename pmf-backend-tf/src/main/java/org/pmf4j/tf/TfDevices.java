package org.pmf4j.tf;

import org.pmf4j.api.error.PmfException;

/** The one device that this backend runs on. */
final class TfDevices {
  static final String CPU = "cpu";

  private TfDevices() {}

  /**
   * Accepts {@code auto} and {@code cpu}.
   *
   * @throws PmfException for any other name
   */
  static void require(String name) {
    if (name.matches("cuda(:\\d{1,3})?")) {
      throw PmfException.environment(
          "device '" + name + "' is not there: the tf backend runs on the cpu only; djl has cuda",
          null);
    }
    if (!name.equals("auto") && !name.equals(CPU)) {
      throw PmfException.usage("unknown device '" + name + "'; the tf backend knows auto and cpu");
    }
  }
}
