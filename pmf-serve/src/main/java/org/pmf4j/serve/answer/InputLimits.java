package org.pmf4j.serve.answer;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.serve.web.Problem;

/**
 * How large a value may be, by its header, before it is decoded. Immutable, so that any number of
 * threads may share it.
 *
 * @param file bytes of a picture, a sound or another file
 * @param text characters of a text
 * @param pixels of a picture, width times height
 * @param seconds of a sound
 */
public record InputLimits(int file, int text, long pixels, double seconds) {
  /** 16 MiB, 100,000 characters, 40 million pixels and 10 minutes. */
  public static final InputLimits STANDARD = new InputLimits(16 << 20, 100_000, 40_000_000, 600);

  /**
   * Refuses a value that is larger.
   *
   * @param place which record's, for the message
   * @throws Problem naming it
   */
  void require(String place, Modality kind, Source source) {
    if (source instanceof Source.Text text && text.text().length() > text()) {
      throw over(place, "characters", text.text().length(), text());
    }
    if (source instanceof Source.Bytes bytes) {
      if (bytes.bytes().length > file) {
        throw over(place, "bytes", bytes.bytes().length, file);
      }
      Map<String, Double> measures =
          kind.measures(source).stream()
              .collect(Collectors.toMap(m -> m.name() + " " + m.unit(), Measure::value, Math::max));
      double area =
          measures.getOrDefault("width pixels", 0.0) * measures.getOrDefault("height pixels", 0.0);
      if (area > pixels) {
        throw over(place, "pixels", area, (double) pixels);
      }
      double length = measures.getOrDefault("length seconds", 0.0);
      if (length > seconds) {
        throw over(place, "seconds", length, seconds);
      }
    }
  }

  private static Problem over(String place, String unit, double value, double most) {
    return Problem.tooLarge(
        String.format(
            Locale.ROOT, "%s: has %,.0f %s; at most %,.0f are taken", place, value, unit, most));
  }
}
