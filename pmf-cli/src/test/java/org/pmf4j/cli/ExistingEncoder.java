package org.pmf4j.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A tiny encoder that transformers wrote, with data for its modality.
 *
 * @param fixture its folder below {@code parity/encoders}
 * @param modality what it reads
 * @param settings its preprocessor_config.json; empty for texts
 */
record ExistingEncoder(String fixture, String modality, String settings) {
  private static final String PICTURES =
      """
      {"image_processor_type": "ViTImageProcessor", "size": {"height": 16, "width": 16},
       "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
      """;
  private static final String AST =
      """
      {"feature_extractor_type": "ASTFeatureExtractor", "sampling_rate": 8000,
       "num_mel_bins": 16, "max_length": 27, "mean": -4.0, "std": 2.0}
      """;
  private static final String WAVES =
      """
      {"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 1000,
       "do_normalize": true, "return_attention_mask": false}
      """;
  private static final String WHISPER =
      """
      {"feature_extractor_type": "WhisperFeatureExtractor", "sampling_rate": 1000,
       "feature_size": 8, "hop_length": 100, "n_fft": 200, "chunk_length": 3}
      """;

  private static final String VIDEOS =
      """
      {"image_processor_type": "VideoMAEImageProcessor", "size": {"shortest_edge": 16},
       "crop_size": {"height": 16, "width": 16}}
      """;

  /** One of each family; some below a task head's prefix. */
  static Stream<ExistingEncoder> all() {
    List<ExistingEncoder> all = new ArrayList<>();
    Stream.of(
            "vit-patch-8",
            "vit-image-classification",
            "deit",
            "dinov2",
            "dinov3",
            "vit-mae",
            "beit",
            "swin-four-windows",
            "swinv2-masked-modeling",
            "clip-vision",
            "clip-whole",
            "siglip-vision")
        .forEach(name -> all.add(new ExistingEncoder(name, "image", PICTURES)));
    Stream.of(
            "bert-gelu",
            "bert-sequence-classification",
            "bert-masked-lm-old-names",
            "bert-sharded",
            "distilbert",
            "roberta-masked-lm",
            "electra-one-width",
            "mpnet",
            "modernbert")
        .forEach(name -> all.add(new ExistingEncoder(name, "text", "")));
    all.add(new ExistingEncoder("ast", "audio", AST));
    all.add(new ExistingEncoder("wav2vec2", "audio", WAVES));
    all.add(new ExistingEncoder("hubert", "audio", WAVES));
    all.add(new ExistingEncoder("wavlm", "audio", WAVES));
    all.add(new ExistingEncoder("conformer-ctc", "audio", WAVES));
    all.add(new ExistingEncoder("whisper", "audio", WHISPER));
    all.add(new ExistingEncoder("videomae", "video", VIDEOS));
    return all.stream();
  }

  static ExistingEncoder named(String fixture) {
    return all().filter(e -> e.fixture.equals(fixture)).findFirst().orElseThrow();
  }

  /** The encoder with the files of its preprocessing, in a folder of its own. */
  Path encoder(Path folder) throws IOException {
    Path target = Files.createDirectories(folder.resolve("encoder"));
    try (Stream<Path> files = Files.list(source())) {
      for (Path file : files.filter(f -> !f.endsWith("expected.safetensors")).toList()) {
        if (!file.endsWith("inputs.safetensors")) {
          Files.copy(file, target.resolve(file.getFileName()));
        }
      }
    }
    if (modality.equals("text")) {
      Files.write(target.resolve("vocab.txt"), vocabulary());
      Files.writeString(
          target.resolve("tokenizer_config.json"),
          "{\"tokenizer_class\": \"BertTokenizer\", \"model_max_length\": 12}");
    } else {
      Files.writeString(target.resolve("preprocessor_config.json"), settings);
    }
    return target;
  }

  /** Inputs that were made for the encoder elsewhere. */
  Path inputs() {
    return source().resolve("inputs.safetensors");
  }

  private Path source() {
    return parity().resolve("encoders").resolve(fixture);
  }

  /** Twelve rows of two labels that a linear layer could tell apart. */
  Path table(Path folder) throws IOException {
    List<String> rows = new ArrayList<>(List.of(modality + ",label"));
    for (int i = 0; i < 12; i++) {
      boolean first = i % 2 == 0;
      String cell =
          switch (modality) {
            case "image" ->
                parity()
                    .resolve(String.format(Locale.ROOT, "pmf/curve/images/%02d.png", i))
                    .toString();
            case "video" -> MovingSquares.gif(folder.resolve(i + ".gif"), first, i).toString();
            case "text" -> first ? "a b a a" : "c d d c " + "d ".repeat(i / 2);
            default -> clip(folder.resolve(i + ".wav"), first ? 60 : 330, i).toString();
          };
      rows.add(cell + "," + (first ? "one" : "other"));
    }
    return Files.write(folder.resolve("table.csv"), rows);
  }

  private static Path parity() {
    try {
      return Path.of(ExistingEncoder.class.getResource("/parity").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> vocabulary() {
    List<String> tokens = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
    "abcdefgh".chars().forEach(c -> tokens.add(Character.toString(c)));
    return tokens;
  }

  /** Half a second of a tone as 16-bit PCM of 8 kHz. */
  private static Path clip(Path file, double frequency, int phase) throws IOException {
    int samples = 4_000;
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) (8_000 * Math.sin(2 * Math.PI * frequency * i / 8_000 + phase)));
    }
    return Files.write(file, wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return fixture;
  }
}
