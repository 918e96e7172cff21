package org.pmf4j.cli.robustness;

import static org.pmf4j.cli.robustness.mutation.Mutation.pick;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pmf4j.cli.robustness.mutation.Bytes;
import org.pmf4j.cli.robustness.mutation.Chunks;
import org.pmf4j.cli.robustness.mutation.Jar;
import org.pmf4j.cli.robustness.mutation.Json;
import org.pmf4j.cli.robustness.mutation.Mutation;
import org.pmf4j.cli.robustness.mutation.Parquet;
import org.pmf4j.cli.robustness.mutation.PyTorch;
import org.pmf4j.cli.robustness.mutation.Safetensors;
import org.pmf4j.cli.robustness.mutation.Text;

/**
 * Every format that the command reads, each with a way to damage a file of it and the words of a
 * command that reads it.
 *
 * @param backend that computes
 */
record Formats(Healthy healthy, Path model, Path cache, String backend) {
  private static final Mutation JSON =
      Mutation.oneOf(new Json(), new Json(), new Json(), new Text(), new Bytes());
  static final Mutation LINES = Mutation.oneOf(new Text(), new Text(), new Text(), new Bytes());
  private static final Mutation SAFETENSORS = new Safetensors();
  private static final Mutation PYTORCH = new PyTorch();

  /** Puts a damaged file into a folder and says what to run on it. */
  @FunctionalInterface
  interface Trial {
    List<String> prepare(Path folder, Random random) throws IOException;
  }

  /**
   * A format.
   *
   * @param file false if it stands for options of a command
   */
  record Format(String name, boolean file, Trial trial) {
    Format(String name, Trial trial) {
      this(name, true, trial);
    }
  }

  /** All of them; those that cost little stand here more than once. */
  List<Format> all() {
    Format config = new Format("config.json", this::config);
    Format tokenizer = new Format("tokenizer files", this::tokenizer);
    Format sentences = new Format("sentence-transformers", this::sentences);
    Format picture = new Format("pictures", this::picture);
    Recordings recordings = new Recordings(this);
    Tables tables = new Tables(this);
    Format sound = new Format("sounds", recordings::sound);
    return List.of(
        new Format("safetensors: weights", this::weights),
        new Format("safetensors: shards and index", this::shards),
        new Format("safetensors: inputs", this::inputs),
        new Format("PyTorch: weights", this::checkpoint),
        new Format("PyTorch: shards and index", this::checkpointShards),
        config,
        config,
        new Format("preprocessor_config.json", this::preprocessor),
        new Format("processor_config.json", this::processor),
        tokenizer,
        tokenizer,
        tokenizer,
        sentences,
        sentences,
        new Format("saved model", this::savedModel),
        new Format("checkpoints and log", this::run),
        new Format("cache entries", this::cached),
        new Format("tables: CSV", (f, r) -> tables.damaged(f, r, "table.csv", LINES)),
        new Format(
            "tables: JSONL", (f, r) -> tables.damaged(f, r, "table.jsonl", Tables::jsonLines)),
        new Format("tables: JSON", (f, r) -> tables.damaged(f, r, "table.json", JSON)),
        new Format(
            "tables: Parquet", (f, r) -> tables.damaged(f, r, "table.parquet", new Parquet())),
        new Format("tables: odd Parquet", tables::parquet),
        new Format("tables: large Parquet", tables::large),
        new Format("tables: odd JSON", tables::json),
        new Format("YAML", false, this::yaml),
        picture,
        picture,
        picture,
        sound,
        sound,
        sound,
        new Format("videos", recordings::video),
        new Format("videos: folders", recordings::frames),
        new Format("plugin jars", this::plugin));
  }

  static void damage(Path file, Mutation mutation, Random random) throws IOException {
    byte[] healthy = Files.readAllBytes(file);
    Files.write(file, mutation.apply(healthy, random));
  }

  private List<String> encode(Path encoder, Path inputs, Path folder) {
    return List.of(
        "encode",
        "--backend",
        backend,
        "--encoder",
        encoder.toString(),
        "--inputs",
        inputs.toString(),
        "--out",
        folder.resolve("out.safetensors").toString());
  }

  List<String> encode(Path encoder, String column, Path table, Path folder) {
    return List.of(
        "encode",
        "--backend",
        backend,
        "--encoder",
        encoder.toString(),
        "--data",
        table.toString(),
        "--column",
        column,
        "--out",
        folder.resolve("out.safetensors").toString());
  }

  private Path encoder(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(pick(healthy.encoders(), random), encoder);
    return encoder;
  }

  private List<String> weights(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    List<Path> whole =
        healthy.encoders().stream().filter(e -> !e.equals(healthy.sharded())).toList();
    Healthy.copy(pick(whole, random), encoder);
    damage(encoder.resolve("model.safetensors"), SAFETENSORS, random);
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> shards(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(healthy.sharded(), encoder);
    if (random.nextBoolean()) {
      damage(encoder.resolve("model.safetensors.index.json"), JSON, random);
    } else {
      Path shard =
          encoder.resolve("model-0000" + (1 + random.nextInt(3)) + "-of-00003.safetensors");
      damage(shard, SAFETENSORS, random);
    }
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> checkpoint(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(healthy.checkpoint(), encoder);
    Path weights = encoder.resolve("pytorch_model.bin");
    Files.copy(pick(healthy.checkpoints(), random), weights);
    damage(weights, PYTORCH, random);
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> checkpointShards(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(healthy.checkpoint(), encoder);
    Healthy.copy(healthy.checkpointShards(), encoder);
    if (random.nextBoolean()) {
      damage(encoder.resolve("pytorch_model.bin.index.json"), JSON, random);
    } else {
      Path shard =
          encoder.resolve("pytorch_model-0000" + (1 + random.nextInt(3)) + "-of-00003.bin");
      damage(shard, PYTORCH, random);
    }
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> inputs(Path folder, Random random) throws IOException {
    Path encoder = encoder(folder, random);
    damage(encoder.resolve("inputs.safetensors"), SAFETENSORS, random);
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> config(Path folder, Random random) throws IOException {
    Path encoder = encoder(folder, random);
    damage(encoder.resolve("config.json"), JSON, random);
    return encode(encoder, encoder.resolve("inputs.safetensors"), folder);
  }

  private List<String> preprocessor(Path folder, Random random) throws IOException {
    String modality = pick(List.of("picture", "picture", "sound", "speech", "video"), random);
    Path encoder = folder.resolve("encoder");
    Healthy.copy(healthy.root().resolve(modality), encoder);
    damage(encoder.resolve("preprocessor_config.json"), JSON, random);
    return preprocessed(encoder, modality, folder);
  }

  /** As transformers 5 saves it: the settings of each modality below a key of its own. */
  private List<String> processor(Path folder, Random random) throws IOException {
    String modality = pick(List.of("picture", "picture", "sound", "speech", "video"), random);
    Path encoder = folder.resolve("encoder");
    Healthy.copy(healthy.root().resolve(modality), encoder);
    Path alone = encoder.resolve("preprocessor_config.json");
    boolean seen = modality.equals("picture") || modality.equals("video");
    String key = seen ? "image_processor" : "feature_extractor";
    String settings = Files.readString(alone);
    Path together = encoder.resolve("processor_config.json");
    Files.writeString(
        together, "{\"" + key + "\": " + settings + ", \"processor_class\": \"CLIPProcessor\"}");
    damage(together, JSON, random);
    if (random.nextBoolean()) {
      Files.delete(alone);
    }
    return preprocessed(encoder, modality, folder);
  }

  private List<String> preprocessed(Path encoder, String modality, Path folder) {
    String column =
        switch (modality) {
          case "picture" -> "image";
          case "video" -> "video";
          default -> "audio";
        };
    return encode(encoder, column, healthy.root().resolve(column + ".csv"), folder);
  }

  private List<String> tokenizer(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(pick(healthy.texts(), random), encoder);
    List<Path> files =
        Healthy.list(encoder).stream()
            .filter(f -> !f.toString().endsWith(".safetensors") && !f.endsWith("config.json"))
            .toList();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      Path file = pick(files, random);
      damage(file, file.toString().endsWith(".json") ? this::json : LINES, random);
    }
    return encode(encoder, "text", healthy.root().resolve("text.csv"), folder);
  }

  private List<String> sentences(Path folder, Random random) throws IOException {
    Path encoder = folder.resolve("encoder");
    Healthy.copy(pick(healthy.sentences(), random), encoder);
    List<Path> files =
        Healthy.files(encoder).stream()
            .filter(f -> f.toString().endsWith(".json") && !f.endsWith("tokenizer.json"))
            .filter(f -> !f.getParent().endsWith("0_Transformer") || !f.endsWith("config.json"))
            .toList();
    Path dense = encoder.resolve("2_Dense/model.safetensors");
    if (Files.exists(dense) && random.nextInt(4) == 0) {
      damage(dense, SAFETENSORS, random);
    } else {
      damage(pick(files, random), JSON, random);
    }
    return encode(encoder, "text", healthy.root().resolve("text.csv"), folder);
  }

  /** A file that was damaged before may be JSON no more. */
  private byte[] json(byte[] bytes, Random random) {
    try {
      return JSON.apply(bytes, random);
    } catch (java.io.UncheckedIOException e) {
      return new Bytes().apply(bytes, random);
    }
  }

  private List<String> savedModel(Path folder, Random random) throws IOException {
    Path copy = folder.resolve("model");
    Healthy.copy(model, copy);
    if (random.nextInt(3) > 0) {
      damage(copy.resolve("adapter_config.json"), JSON, random);
    } else {
      damage(copy.resolve("adapter_model.safetensors"), SAFETENSORS, random);
    }
    return predict(copy, "--text", "a red shape");
  }

  List<String> predict(Path from, String... record) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "predict",
                "--backend",
                backend,
                "--model",
                from.toString(),
                "--encoder",
                "image=" + healthy.root().resolve("picture"),
                "--encoder",
                "text=" + healthy.root().resolve("text/0")));
    words.addAll(List.of(record));
    return words;
  }

  private List<String> run(Path folder, Random random) throws IOException {
    Path copy = folder.resolve("model");
    Healthy.copy(model, copy);
    List<Path> files =
        Healthy.files(copy).stream().filter(f -> !f.toString().endsWith(".md")).toList();
    Path file = pick(files, random);
    String name = file.getFileName().toString();
    if (name.endsWith(".safetensors")) {
      damage(file, SAFETENSORS, random);
    } else {
      damage(file, name.endsWith(".jsonl") ? Tables::jsonLines : JSON, random);
    }
    return training(copy, cache, "--resume");
  }

  List<String> training(Path out, Path entries, String... more) {
    List<String> words = new ArrayList<>(healthy.training(out, entries));
    words.addAll(List.of("--backend", backend));
    words.addAll(List.of(more));
    return words;
  }

  private List<String> cached(Path folder, Random random) throws IOException {
    Path copy = folder.resolve("cache");
    Healthy.copy(cache, copy);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      damage(pick(Healthy.files(copy), random), new Bytes(), random);
    }
    return training(folder.resolve("model"), copy);
  }

  private List<String> yaml(Path folder, Random random) throws IOException {
    Path file = folder.resolve("train.yaml");
    Files.writeString(
        file,
        String.join(
            "\n",
            "# a training",
            "data: " + healthy.table(),
            "encoder:",
            "  image: " + healthy.root().resolve("picture"),
            "  text: \"" + healthy.root().resolve("text/0") + "\"",
            "epochs: 1",
            "batch-size: 8",
            "learning-rate: 1.0e-3",
            "no-cache: true",
            "set: {fusion-layers: 1, mapping-width: 4}",
            "seed: 3",
            "backend: " + backend,
            ""));
    damage(file, LINES, random);
    return List.of(
        "train", "--config", file.toString(), "--out", folder.resolve("model").toString());
  }

  private List<String> picture(Path folder, Random random) throws IOException {
    Path healthyFile = pick(healthy.pictures(), random);
    Path file = folder.resolve(healthyFile.getFileName());
    Files.write(file, new Chunks().apply(Files.readAllBytes(healthyFile), random));
    return predict(model, "--image", file.toString());
  }

  private List<String> plugin(Path folder, Random random) throws IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path jar = plugins.resolve("sample.jar");
    Files.copy(healthy.root().resolve("plugin.jar"), jar);
    damage(jar, new Jar(), random);
    return List.of("plugins", "--plugins", plugins.toString());
  }
}
