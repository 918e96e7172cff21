package org.pmf4j.cli.parity;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/**
 * Encoders of three modalities, of unequal widths and depths, and a table in which every pattern of
 * what is there occurs.
 *
 * @param encoders directories by modality: image (width 16, 3 layers), text (16, 3), audio (12, 2)
 * @param table with a label; 2 rows of each pattern, in mixed order
 */
public record MissingData(Map<String, Path> encoders, Path table) {
  private static final String[] LABELS = {"circle", "square", "triangle"};

  /** The data, below a folder. */
  public static MissingData in(Path folder, List<String> modalities) throws IOException {
    Map<String, Path> encoders = new LinkedHashMap<>();
    for (String m : modalities) {
      encoders.put(m, encoder(m, folder));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", modalities) + ",label");
    int patterns = (1 << modalities.size()) - 1;
    for (int row = 0; row < 2 * patterns; row++) {
      int pattern = 1 + row % patterns;
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < modalities.size(); i++) {
        boolean there = (pattern & 1 << i) != 0;
        line.append(there ? cell(modalities.get(i), row, folder) : "").append(',');
      }
      lines.add(line + LABELS[row % 3]);
    }
    return new MissingData(encoders, Files.write(folder.resolve("table.csv"), lines));
  }

  private static String cell(String modality, int row, Path folder) throws IOException {
    return switch (modality) {
      case "image" ->
          Fixtures.root()
              .resolve(String.format(Locale.ROOT, "pmf/curve/images/%02d.png", row % 16))
              .toString();
      case "text" -> "a " + "big ".repeat(row % 4) + "red shape";
      default -> clip(folder.resolve("clip-" + row + ".wav"), row).toString();
    };
  }

  private static Path encoder(String modality, Path folder) throws IOException {
    Path tiny = Fixtures.root().resolve("pmf/encoders");
    return switch (modality) {
      case "image" -> tiny.resolve("image-16");
      case "text" -> tiny.resolve("text-16");
      default -> audioEncoder(folder.resolve("ast"));
    };
  }

  /** The fixture, with the settings of the features that it was made for. */
  private static Path audioEncoder(Path to) throws IOException {
    Files.createDirectories(to);
    Path from = Fixtures.root().resolve("encoders/ast");
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    Files.writeString(
        to.resolve("preprocessor_config.json"),
        """
        {"feature_extractor_type": "ASTFeatureExtractor", "sampling_rate": 16000,
         "num_mel_bins": 16, "max_length": 27, "mean": -4.0, "std": 4.0, "do_normalize": true}
        """);
    return to;
  }

  /** A quarter of a second of a tone, another for each row. */
  private static Path clip(Path file, int row) throws IOException {
    byte[] samples = new byte[2 * 4000];
    for (int i = 0; i < samples.length / 2; i++) {
      double t = i / 16_000.0;
      int s = (int) (12_000 * Math.sin(2 * Math.PI * (200 + 90 * row) * t) * Math.exp(-6 * t));
      samples[2 * i] = (byte) s;
      samples[2 * i + 1] = (byte) (s >> 8);
    }
    AudioFormat format = new AudioFormat(16_000, 16, 1, true, false);
    try (AudioInputStream sound =
        new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / 2)) {
      AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
    }
    return file;
  }
}
