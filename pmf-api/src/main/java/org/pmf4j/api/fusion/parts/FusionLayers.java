package org.pmf4j.api.fusion.parts;

import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Setting;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;

/**
 * How many last layers of every encoder are fused. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class FusionLayers {
  private FusionLayers() {}

  /**
   * The number that was chosen, where every encoder has so many layers.
   *
   * @param usual what 0 stands for, in the shallowest encoder at the most
   * @throws PmfException naming the encoder that has fewer layers
   */
  public static int of(
      Setting<Integer> setting, Settings settings, Named<EncoderShape> encoders, int usual) {
    int asked = settings.get(setting);
    int least = Integer.MAX_VALUE;
    for (Map.Entry<String, EncoderShape> e : encoders.asMap().entrySet()) {
      int depth = e.getValue().depth();
      if (asked > depth) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "%s is %d but the %s encoder has %d layers; choose 1 to %d",
                setting.name(),
                asked,
                e.getKey(),
                depth,
                depth));
      }
      least = Math.min(least, depth);
    }
    return asked == 0 ? Math.min(usual, least) : asked;
  }
}
