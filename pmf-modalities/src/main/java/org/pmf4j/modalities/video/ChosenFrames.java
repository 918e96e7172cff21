package org.pmf4j.modalities.video;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.modalities.image.AnimationDecoder;
import org.pmf4j.modalities.image.ImageDecoder;
import org.pmf4j.modalities.image.PixelValues;
import org.pmf4j.modalities.image.RgbImage;

/** Collects the frames that an encoder sees, each in its final size. For one thread at a time. */
final class ChosenFrames implements AnimationDecoder.Sink {
  private final String video;
  private final PixelValues values;
  private final int count;
  private Shape shape;
  private ByteBuffer bytes;

  /**
   * An empty collection.
   *
   * @param video its name, for messages
   * @param values what becomes of a frame
   * @param count how many frames there will be
   */
  ChosenFrames(String video, PixelValues values, int count) {
    this.video = video;
    this.values = values;
    this.count = count;
  }

  @Override
  public void take(int place, int times, RgbImage image) {
    put(place, times, new ImageDecoder.Decoded(image, image.width(), image.height()));
  }

  /** Takes a frame that stands at a place and the next ones. */
  void put(int place, int times, ImageDecoder.Decoded decoded) {
    RgbImage sized = values.sized(decoded);
    Shape found = Shape.of(count, PixelValues.CHANNELS, sized.height(), sized.width());
    if (shape == null) {
      shape = found;
      bytes = HostTensor.direct(Math.toIntExact(shape.size()), DType.FLOAT32);
    }
    if (!found.equals(shape)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: its frames have different sizes: %s after preprocessing and %s; let preprocessor_config.json resize to a height and a width, or crop",
              video,
              shape,
              found));
    }
    FloatBuffer all = bytes.asFloatBuffer();
    int each = all.capacity() / count;
    values.put(sized, all.slice(place * each, each));
    for (int again = 1; again < times; again++) {
      all.put((place + again) * each, all, place * each, each);
    }
  }

  /** FLOAT32 [T, 3, H, W]. */
  HostTensor tensor() {
    return new HostTensor(shape, DType.FLOAT32, bytes);
  }
}
