package org.pmf4j.modalities.image;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
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

  private static final int LEVELS = 256;

  private final ImageSettings settings;
  private final boolean scalesFirst;

  /**
   * What processors do.
   *
   * @param scalesFirst whether values are scaled before the image is resized, so that resizing is
   *     done in single precision, or after it, so that it is done in 8 bits
   */
  PixelValues(ImageSettings settings, boolean scalesFirst) {
    this.settings = settings;
    this.scalesFirst = scalesFirst;
  }

  /**
   * What an encoder's files ask for.
   *
   * @param modelType picks the processor where the files name none
   * @throws org.pmf4j.api.error.PmfException if they are missing or broken, or ask for what is not
   *     supported
   */
  public static PixelValues of(SettingsFiles directory, String modelType) {
    Processor processor = Processor.of(directory, modelType);
    return new PixelValues(ImageSettings.of(processor), processor.type().scalesFirst());
  }

  /** The width and height that an upright picture is resized to; nothing where it keeps its own. */
  public int[] resized(int width, int height) {
    return settings.size().map(s -> s.widthAndHeight(width, height)).orElse(NOT_RESIZED);
  }

  /** Whether values are scaled before the image is resized. */
  boolean scalesFirst() {
    return scalesFirst;
  }

  /** The values of a picture, FLOAT32 [3, height, width]. */
  HostTensor of(ImageDecoder.Decoded decoded) {
    if (scalesFirst) {
      return resizedScaled(decoded);
    }
    RgbImage sized = sized(decoded);
    Shape shape = Shape.of(CHANNELS, sized.height(), sized.width());
    ByteBuffer bytes = HostTensor.direct(Math.toIntExact(shape.size()), DType.FLOAT32);
    put(sized, bytes.asFloatBuffer());
    return new HostTensor(shape, DType.FLOAT32, bytes);
  }

  private HostTensor resizedScaled(ImageDecoder.Decoded decoded) {
    RgbImage image = decoded.image();
    int[] size = resized(decoded.width(), decoded.height());
    int width = size.length == 0 ? image.width() : size[0];
    int height = size.length == 0 ? image.height() : size[1];
    float[] scaled = new float[LEVELS];
    for (int v = 0; v < LEVELS; v++) {
      scaled[v] = scaled(v);
    }
    Shape shape = Shape.of(CHANNELS, height, width);
    ByteBuffer bytes = HostTensor.direct(Math.toIntExact(shape.size()), DType.FLOAT32);
    FloatBuffer out = bytes.asFloatBuffer();
    for (int c = 0; c < CHANNELS; c++) {
      for (float x : PlaneResize.of(image, c, scaled, width, height, settings.filter())) {
        out.put(normalized(x, c));
      }
    }
    return new HostTensor(shape, DType.FLOAT32, bytes);
  }

  /** A picture in its final size, of a processor that scales after resizing. */
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
    float[] table = new float[LEVELS];
    for (int v = 0; v < LEVELS; v++) {
      table[v] = normalized(scaled(v), channel);
    }
    return table;
  }

  private float scaled(int value) {
    return settings.scale().isPresent() ? (float) (value * settings.scale().get()) : value;
  }

  private float normalized(float x, int channel) {
    if (settings.normalization().isEmpty()) {
      return x;
    }
    ImageSettings.Normalization n = settings.normalization().get();
    return (x - n.mean().get(channel).floatValue()) / n.deviation().get(channel).floatValue();
  }

  /** Changes with everything that changes the values: the settings and the versions of readers. */
  public String[] fingerprint() {
    return new String[] {settings.toString(), Readers.versions()};
  }
}
