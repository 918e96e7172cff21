package org.pmf4j.api.fusion.parts;

import java.util.Collection;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/**
 * How many encoders a method fuses. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class EncoderCount {
  private EncoderCount() {}

  /**
   * Demands two encoders or more.
   *
   * @throws PmfException if there are fewer
   */
  public static void requireSeveral(String method, Collection<String> modalities) {
    if (modalities.size() < 2) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT,
              "%s fuses two modalities or more, got %s; name more encoders, or a method that takes"
                  + " one, such as linear-probe",
              method,
              modalities));
    }
  }

  /**
   * Demands one encoder.
   *
   * @throws PmfException if there are more
   */
  public static void requireOne(String method, Collection<String> modalities) {
    if (modalities.size() != 1) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT, "%s trains one encoder, got %s; name one", method, modalities));
    }
  }
}
