package org.pmf4j.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;

/** Chooses a device by its name. */
final class PtDevices {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  private PtDevices() {}

  /**
   * The device that {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N} names.
   *
   * @throws PmfException for another name, or if the device is not there
   */
  static Device choose(String name, Engine engine) {
    int count = engine.hasCapability("CUDA") ? engine.getGpuCount() : 0;
    if (name.equals("auto")) {
      return count > 0 ? Device.gpu(0) : Device.cpu();
    }
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    Matcher m = CUDA.matcher(name);
    if (!m.matches()) {
      throw PmfException.usage("unknown device '" + name + "'; known: auto, cpu, cuda, cuda:N");
    }
    int index = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
    if (index >= count) {
      throw PmfException.environment(
          "device '"
              + name
              + "' is not there: PyTorch sees "
              + count
              + " CUDA devices; CUDA needs its driver and ai.djl.pytorch:pytorch-native-cu128:2.7.1"
              + " on the class path in place of pytorch-native-cpu",
          null);
    }
    return Device.gpu(index);
  }

  /** The name by which a device can be chosen again. */
  static String nameOf(Device device) {
    return device.isGpu() ? "cuda:" + device.getDeviceId() : "cpu";
  }
}
