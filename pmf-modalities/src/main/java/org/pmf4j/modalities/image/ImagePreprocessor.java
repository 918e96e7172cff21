package org.pmf4j.modalities.image;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/**
 * From an image to {@code pixel_values}, FLOAT32 [3, H, W].
 *
 * @param settings what to do on the way
 * @param scalesFirst whether values are scaled before the image is resized, so that resizing is
 *     done in single precision, or after it, so that it is done in 8 bits
 */
record ImagePreprocessor(ImageSettings settings, boolean scalesFirst) implements Preprocessor {
  private static final String PIXELS = "pixel_values";
  private static final int[] NOT_RESIZED = {};

  @Override
  public Named<HostTensor> prepare(Source source) {
    ImageDecoder.Decoded decoded = ImageDecoder.decode(source, this::resized);
    return Named.of(PIXELS, scalesFirst ? resizedScaled(decoded) : tensor(sized(decoded)));
  }

  private HostTensor resizedScaled(ImageDecoder.Decoded decoded) {
    RgbImage image = decoded.image();
    int[] size = resized(decoded.width(), decoded.height());
    int width = size.length == 0 ? image.width() : size[0];
    int height = size.length == 0 ? image.height() : size[1];
    float[] scaled = new float[256];
    for (int v = 0; v < 256; v++) {
      scaled[v] = scaled(v);
    }
    ByteBuffer bytes =
        HostTensor.direct(Math.multiplyExact(3, Math.multiplyExact(width, height)), DType.FLOAT32);
    FloatBuffer out = bytes.asFloatBuffer();
    for (int c = 0; c < 3; c++) {
      for (float x : PlaneResize.of(image, c, scaled, width, height, settings.filter())) {
        out.put(normalized(x, c));
      }
    }
    return new HostTensor(Shape.of(3, height, width), DType.FLOAT32, bytes);
  }

  private int[] resized(int width, int height) {
    return settings.size().map(s -> s.widthAndHeight(width, height)).orElse(NOT_RESIZED);
  }

  private RgbImage sized(ImageDecoder.Decoded decoded) {
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

  private HostTensor tensor(RgbImage image) {
    int pixels = image.width() * image.height();
    ByteBuffer bytes = HostTensor.direct(Math.multiplyExact(3, pixels), DType.FLOAT32);
    FloatBuffer out = bytes.asFloatBuffer();
    for (int c = 0; c < 3; c++) {
      float[] table = table(c);
      for (int i = 0; i < pixels; i++) {
        out.put(c * pixels + i, table[image.samples()[3 * i + c] & 0xFF]);
      }
    }
    return new HostTensor(Shape.of(3, image.height(), image.width()), DType.FLOAT32, bytes);
  }

  /** What each 8-bit value becomes; scaled in double and normalized in single precision. */
  private float[] table(int channel) {
    float[] table = new float[256];
    for (int v = 0; v < 256; v++) {
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

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    Shape shape = samples.get(0).get(PIXELS).shape();
    int elements = Math.toIntExact(Math.multiplyExact(shape.size(), (long) samples.size()));
    ByteBuffer batch = HostTensor.direct(elements, DType.FLOAT32);
    for (Named<HostTensor> sample : samples) {
      HostTensor pixels = sample.get(PIXELS);
      if (!pixels.shape().equals(shape)) {
        throw PmfException.input(
            "images of different sizes cannot share a batch: pixel_values "
                + shape
                + " and "
                + pixels.shape()
                + "; let preprocessor_config.json resize to a height and a width, or crop");
      }
      batch.put(pixels.data());
    }
    long[] dims = shape.dims();
    Shape all = Shape.of(samples.size(), dims[0], dims[1], dims[2]);
    return Named.of(PIXELS, new HostTensor(all, DType.FLOAT32, batch.flip()));
  }

  /** All images of an encoder have one size, so one length serves. */
  @Override
  public int length(Named<HostTensor> sample) {
    return 1;
  }

  @Override
  public String fingerprint() {
    String kind = scalesFirst ? "image preprocessing 2, scaled first" : "image preprocessing 2";
    return Fingerprint.ofParts(kind, settings.toString(), Readers.versions());
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
