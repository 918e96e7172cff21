package org.pmf4j.modalities.image;

import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

/**
 * From an image to {@code pixel_values}, FLOAT32 [3, H, W].
 *
 * @param values what to do on the way
 */
record ImagePreprocessor(PixelValues values) implements Preprocessor {
  private static final String PIXELS = "pixel_values";

  @Override
  public Named<HostTensor> prepare(Source source) {
    return Named.of(PIXELS, values.of(ImageDecoder.decode(source, values::resized)));
  }

  @Override
  public Named<HostTensor> collate(List<Named<HostTensor>> samples) {
    return EqualShapes.batch(PIXELS, samples, "images");
  }

  /** All images of an encoder have one size, so one length serves. */
  @Override
  public int length(Named<HostTensor> sample) {
    return 1;
  }

  @Override
  public String fingerprint() {
    String kind =
        values.scalesFirst() ? "image preprocessing 2, scaled first" : "image preprocessing 2";
    return Fingerprint.ofParts(
        Stream.concat(Stream.of(kind), Stream.of(values.fingerprint())).toArray(String[]::new));
  }

  @Override
  public void close() {
    // Nothing native is held.
  }
}
