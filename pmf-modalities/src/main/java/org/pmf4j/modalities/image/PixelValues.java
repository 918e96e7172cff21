package org.pmf4j.modalities.image;

import java.nio.FloatBuffer;
import org.pmf4j.modalities.directory.SettingsFiles;

/**
 * From a decoded picture to an encoder's {@code pixel_values}: resized, cropped, scaled and
 * normalized as the processor does it that the encoder's directory describes. Immutable, so that
 * any number of threads may share it.
 */
public final class PixelValues {
  /** The channels of every picture. */
  public static final int CHANNELS = 3;

  private static final int[] NOT_RESIZED = {};

  private final ImageSettings settings;

  PixelValues(ImageSettings settings) {
    this.settings = settings;
  }

  /**
   * What an encoder's files ask for.
   *
   * @param modelType picks the processor where the files name none
   * @throws org.pmf4j.api.error.PmfException if they are missing or broken, or ask for what is not
   *     supported
   */
  public static PixelValues of(SettingsFiles directory, String modelType) {
    return new PixelValues(ImageSettings.of(Processor.of(directory, modelType)));
  }

  /** The width and height that an upright picture is resized to; nothing where it keeps its own. */
  public int[] resized(int width, int height) {
    return settings.size().map(s -> s.widthAndHeight(width, height)).orElse(NOT_RESIZED);
  }

  /** A picture in its final size. */
  public RgbImage sized(ImageDecoder.Decoded decoded) {
    RgbImage sized = decoded.image();
    if (settings.size().isPresent()) {
      int[] size = resized(decoded.width(), decoded.height());
      sized = Resize.to(sized, size[0], size[1], settings.filter());
    }
    if (settings.crop().isPresent()) {
      TargetSize.Exact crop = settings.crop().get();
      sized = CenterCrop.of(sized, crop.width(), crop.height());
    }
    return sized;
  }

  /**
   * Writes the values of a picture in its final size, channel by channel and row by row.
   *
   * @param out gets 3 · height · width numbers from its position on, which moves behind them
   */
  public void put(RgbImage sized, FloatBuffer out) {
    int pixels = sized.width() * sized.height();
    for (int c = 0; c < CHANNELS; c++) {
      float[] table = table(c);
      for (int i = 0; i < pixels; i++) {
        out.put(table[sized.samples()[CHANNELS * i + c] & 0xFF]);
      }
    }
  }

  /** What each 8-bit value becomes; scaled in double and normalized in single precision. */
  private float[] table(int channel) {
    float[] table = new float[256];
    for (int v = 0; v < 256; v++) {
      float x = settings.scale().isPresent() ? (float) (v * settings.scale().get()) : v;
      if (settings.normalization().isPresent()) {
        ImageSettings.Normalization n = settings.normalization().get();
        x = (x - n.mean().get(channel).floatValue()) / n.deviation().get(channel).floatValue();
      }
      table[v] = x;
    }
    return table;
  }

  /** Changes with everything that changes the values: the settings and the versions of readers. */
  public String[] fingerprint() {
    return new String[] {settings.toString(), Readers.versions()};
  }
}
