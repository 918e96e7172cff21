package org.example.series;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.testkit.modality.ModalityConformance;
import org.pmf4j.testkit.plain.PlainBackendFactory;

@DisplayName("Time series")
class SeriesConformanceTest extends ModalityConformance {
  @Override
  protected Modality modality() {
    return new SeriesModality();
  }

  @Override
  protected EncoderFamily family() {
    return new SeriesFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    pretrain(folder, Map.of("max-length", 32, "patch-size", 4));
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    pretrain(folder, Map.of("max-length", 16, "patch-size", 4));
  }

  /** Shorter than a patch, not a multiple of it, and longer than the encoder takes. */
  @Override
  protected List<Source> samples(Path folder) {
    return List.of(
        write(folder, "short.csv", wave(3)),
        write(folder, "named.csv", "left,right\n" + wave(18)),
        write(folder, "long.csv", wave(50)));
  }

  @Override
  protected List<Source> badSources(Path folder) {
    return List.of(
        write(folder, "empty.csv", ""),
        write(folder, "words.csv", "left,right\n1,two\n"),
        write(folder, "other channels.csv", "1,2,3\n"),
        new Source.Bytes("in memory", "1,2\n3\n".getBytes(StandardCharsets.UTF_8)),
        new Source.Text("1,2"));
  }

  @Override
  protected BackendFactory backend() {
    return new PlainBackendFactory();
  }

  private static Source write(Path folder, String name, String csv) {
    try {
      return new Source.File(Files.writeString(folder.resolve(name), csv));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two channels of sines. */
  private static String wave(int steps) {
    StringBuilder csv = new StringBuilder();
    for (int t = 0; t < steps; t++) {
      csv.append(Math.sin(t / 3.0)).append(',').append(5 + 2 * Math.cos(t / 5.0)).append('\n');
    }
    return csv.toString();
  }
}
