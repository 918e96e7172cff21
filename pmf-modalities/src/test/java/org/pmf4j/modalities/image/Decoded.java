package org.pmf4j.modalities.image;

import org.pmf4j.api.modality.Source;

/** Whole pictures for tests. */
final class Decoded {
  private Decoded() {}

  /** Upright, in its own size. */
  static RgbImage of(Source source) {
    return ImageDecoder.decode(source, (width, height) -> new int[0]).image();
  }
}
