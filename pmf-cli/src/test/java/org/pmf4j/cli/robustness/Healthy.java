package org.pmf4j.cli.robustness;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.tools.ToolProvider;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * Whole files that damage starts from: the fixtures of the parity and preprocessing tests, and what
 * a short training leaves.
 *
 * @param root where what is made is kept
 */
record Healthy(Path root) {
  private static final Path PREPROCESSING =
      Path.of("..", "pmf-modalities", "src", "test", "resources", "preprocessing")
          .toAbsolutePath()
          .normalize();
  private static final Path PARITY = parity();
  private static final Path CHECKPOINTS = PARITY.resolveSibling("checkpoints");
  private static final Path ANIMATIONS = PREPROCESSING.resolveSibling("videos/videos.zip");
  private static final String SERVICE = "META-INF/services/" + PmfPlugin.class.getName();

  private static final List<List<String>> TOKENIZERS =
      List.of(
          List.of("roberta", "roberta"),
          List.of("roberta", "roberta_vocab_and_merges"),
          List.of("xlm-roberta", "xlm_roberta"),
          List.of("modernbert", "modernbert"),
          List.of("mpnet", "mpnet"),
          List.of("distilbert", "distilbert"),
          List.of("distilbert", "distilbert_vocab"));

  private static final List<String> SENTENCES =
      List.of("dense", "prompt-left-out-weighted", "old-folders", "lower-case");

  private static final String SOUND_SETTINGS =
      """
      {"feature_extractor_type": "Wav2Vec2FeatureExtractor", "sampling_rate": 1000,
       "do_normalize": true, "return_attention_mask": false, "feature_size": 1,
       "padding_side": "right", "padding_value": 0.0}
      """;

  /** Makes everything but the trained model, whose command is {@link #training}. */
  static Healthy make(Path root) throws IOException {
    Healthy healthy = new Healthy(root);
    copy(PARITY.resolve("encoders/wav2vec2"), root.resolve("sound"));
    Files.writeString(root.resolve("sound/preprocessor_config.json"), SOUND_SETTINGS);
    copy(PARITY.resolve("encoders/whisper"), root.resolve("speech"));
    Files.writeString(
        root.resolve("speech/preprocessor_config.json"),
        """
        {"feature_extractor_type": "WhisperFeatureExtractor", "sampling_rate": 1000,
         "feature_size": 8, "hop_length": 100, "n_fft": 200, "chunk_length": 3}
        """);
    copy(PARITY.resolve("encoders/videomae"), root.resolve("video"));
    Files.writeString(
        root.resolve("video/preprocessor_config.json"),
        """
        {"image_processor_type": "VideoMAEImageProcessor", "do_resize": true,
         "size": {"shortest_edge": 16}, "crop_size": {"height": 16, "width": 16},
         "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
        """);
    healthy.animations();
    copy(PARITY.resolve("pmf/encoders/image-16"), root.resolve("picture"));
    copy(PARITY.resolve("pmf/encoders/text-16"), root.resolve("text/0"));
    Files.writeString(root.resolve("text/0/added_tokens.json"), "{\"<new>\": 4}");
    int text = 1;
    for (List<String> tokenizer : TOKENIZERS) {
      Path folder = root.resolve("text/" + text++);
      copy(PARITY.resolve("encoders/" + tokenizer.get(0)), folder);
      Path files = PREPROCESSING.resolve("tokenizers/" + tokenizer.get(1));
      for (Path file : list(files)) {
        if (!file.endsWith("config.json")) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
    }
    for (String name : SENTENCES) {
      Path from = PARITY.resolve("sentences");
      copy(from.resolve(name), root.resolve("sentences").resolve(name));
    }
    copy(PARITY.resolve("encoders/bert-gelu"), healthy.checkpoint());
    Files.delete(healthy.checkpoint().resolve("model.safetensors"));
    healthy.plugin(root.resolve("plugin.jar"));
    healthy.tables();
    return healthy;
  }

  /** The words of a training whose model, run and cache are damaged later. */
  List<String> training(Path out, Path cache) {
    return List.of(
        "train",
        "--data",
        table().toString(),
        "--validation",
        table().toString(),
        "--encoder",
        "image=" + root.resolve("picture"),
        "--encoder",
        "text=" + root.resolve("text/0"),
        "--out",
        out.toString(),
        "--cache",
        cache.toString(),
        "--epochs",
        "1",
        "--batch-size",
        "8",
        "--checkpoint-steps",
        "1");
  }

  private void tables() throws IOException {
    List<String> lines = Files.readAllLines(PARITY.resolve("pmf/curve/train.csv"));
    String images = PARITY.resolve("pmf/curve/images").toString();
    List<String> csv = lines.stream().map(l -> l.replace("images/", images + "/")).toList();
    Files.write(table(), csv);
    List<String> objects = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      objects.add(
          "{\"image\": \""
              + images
              + "/0"
              + i
              + ".png\", \"text\": \"a red \\u00e9 shape\", \"label\": \"circle\"}");
    }
    Files.write(root.resolve("table.jsonl"), objects);
    Files.writeString(root.resolve("table.json"), "[" + String.join(",\n", objects) + "]");
    parquet();
    Files.writeString(root.resolve("image.csv"), "image,label\n" + images + "/00.png,a\n");
    Files.writeString(
        root.resolve("text.csv"),
        "text\n\"hello world, a big red shape\"\n<s> the quick [MASK] fox \u00e9 \u65e5\u672c\n");
    Files.writeString(
        root.resolve("audio.csv"),
        "audio\n" + PREPROCESSING.resolve("audio/clips/slow.wav") + "\n");
  }

  /** A few of each format, and of each way to compose frames. */
  private void animations() throws IOException {
    Files.createDirectories(root.resolve("videos"));
    Set<String> some =
        Set.of("pillow.gif", "random08.gif", "random31.gif", "pillow.webp", "random20.webp");
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(ANIMATIONS))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        if (some.contains(e.getName())) {
          Files.write(root.resolve("videos").resolve(e.getName()), zip.readAllBytes());
        }
      }
    }
    Files.writeString(
        root.resolve("video.csv"), "video\n" + root.resolve("videos/pillow.gif") + "\n");
  }

  List<Path> videos() throws IOException {
    return list(root.resolve("videos"));
  }

  /** Pictures as bytes and as paths, texts in pages of a dictionary and of deltas. */
  private void parquet() {
    try (Connection c = DriverManager.getConnection("jdbc:duckdb:");
        Statement s = c.createStatement()) {
      s.execute(
          String.format(
              Locale.ROOT,
              "COPY (SELECT CASE WHEN t.label = 'circle' THEN {'bytes': b.content, 'path': t.image}"
                  + " ELSE {'bytes': NULL, 'path': t.image} END AS image, t.text, t.label, random()"
                  + " AS other FROM read_csv('%s') t JOIN read_blob('%s/*') b ON b.filename ="
                  + " t.image) TO '%s' (FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd)",
              table(),
              PARITY.resolve("pmf/curve/images"),
              root.resolve("table.parquet")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  Path table() {
    return root.resolve("table.csv");
  }

  /** Encoders of every family with inputs that were made for them. */
  List<Path> encoders() throws IOException {
    return list(PARITY.resolve("encoders")).stream()
        .filter(p -> Files.isRegularFile(p.resolve("inputs.safetensors")))
        .toList();
  }

  Path sharded() {
    return PARITY.resolve("encoders/bert-sharded");
  }

  /** An encoder without its weights. */
  Path checkpoint() {
    return root.resolve("checkpoint");
  }

  /** The weights of {@link #checkpoint} in files of torch.save. */
  List<Path> checkpoints() {
    return Stream.of("zip", "legacy", "protocol-5", "transposed", "data-parallel-old-norms")
        .map(folder -> CHECKPOINTS.resolve(folder).resolve("pytorch_model.bin"))
        .toList();
  }

  /** The same in three shards with their index. */
  Path checkpointShards() {
    return CHECKPOINTS.resolve("sharded");
  }

  /** Encoders of texts with their tokenizers' files. */
  List<Path> texts() throws IOException {
    return list(root.resolve("text"));
  }

  /** Folders of sentence-transformers. */
  List<Path> sentences() throws IOException {
    return list(root.resolve("sentences"));
  }

  List<Path> pictures() throws IOException {
    return list(PREPROCESSING.resolve("images"));
  }

  /** One that is as small as the encoder takes. */
  Path picture() {
    return PARITY.resolve("pmf/curve/images/00.png");
  }

  List<Path> sounds() throws IOException {
    return list(PREPROCESSING.resolve("audio/clips"));
  }

  /** The entries of a folder in the order of their names. */
  static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The files below a folder in the order of their names. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private void plugin(Path jar) throws IOException {
    Path source =
        Files.writeString(
            root.resolve("Sample.java"),
            """
            import java.util.List;
            import org.pmf4j.api.plugin.PmfPlugin;
            public class Sample implements PmfPlugin {
              @Override public String name() { return "sample"; }
              @Override public int apiVersion() { return API_VERSION; }
            }
            """);
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                api(),
                "-d",
                root.toString(),
                source.toString());
    if (code != 0) {
      throw new IllegalStateException("the sample plugin does not compile");
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry(SERVICE));
      out.write("Sample\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.putNextEntry(new ZipEntry("Sample.class"));
      out.write(Files.readAllBytes(root.resolve("Sample.class")));
    }
  }

  private static String api() {
    try {
      return new File(PmfPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path parity() {
    try {
      return Path.of(Healthy.class.getResource("/parity").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
