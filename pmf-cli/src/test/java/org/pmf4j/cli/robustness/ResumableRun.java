package org.pmf4j.cli.robustness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that leaves files and can go on.
 *
 * @param name of the command
 * @param words that begin it and let it go on
 * @param result the file that it is all about
 */
record ResumableRun(String name, List<String> words, Path result) {
  /** A short one. */
  static ResumableRun of(String name, Healthy healthy, String backend, Path folder) {
    return switch (name) {
      case "train" -> train(healthy, backend, folder);
      case "pretrain" -> pretrain(healthy, backend, folder);
      case "bench" -> bench(healthy, backend, folder);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static ResumableRun train(Healthy healthy, String backend, Path folder) {
    List<String> words =
        new ArrayList<>(healthy.training(folder.resolve("train"), folder.resolve("cache")));
    words.addAll(
        List.of("--epochs", "6", "--batch-size", "4", "--checkpoint-steps", "2", "--resume"));
    words.addAll(List.of("--backend", backend));
    return new ResumableRun("train", words, folder.resolve("train/adapter_model.safetensors"));
  }

  private static ResumableRun pretrain(Healthy healthy, String backend, Path folder) {
    Path out = folder.resolve("pretrain");
    List<String> words =
        List.of(
            "pretrain",
            "--modality",
            "text",
            "--data",
            healthy.table().toString(),
            "--out",
            out.toString(),
            "--vocabulary-size",
            "100",
            "--max-length",
            "16",
            "--width",
            "16",
            "--depth",
            "2",
            "--heads",
            "2",
            "--epochs",
            "12",
            "--batch-size",
            "4",
            "--checkpoint-steps",
            "2",
            "--resume",
            "--backend",
            backend);
    return new ResumableRun("pretrain", words, out.resolve("model.safetensors"));
  }

  /** It trains in a process of its own, and goes on by the same words. */
  private static ResumableRun bench(Healthy healthy, String backend, Path folder) {
    Path out = folder.resolve("bench");
    List<String> words =
        List.of(
            "bench",
            "methods",
            "--data",
            healthy.table().toString(),
            "--validation",
            healthy.table().toString(),
            "--encoder",
            "image=" + healthy.root().resolve("picture"),
            "--encoder",
            "text=" + healthy.root().resolve("text/0"),
            "--out",
            out.toString(),
            "--methods",
            "pmf",
            "--seeds",
            "1",
            "--epochs",
            "6",
            "--batch-size",
            "4",
            "--keep-models",
            "--backend",
            backend);
    return new ResumableRun(
        "bench", words, out.resolve("runs/pmf-seed-1/adapter_model.safetensors"));
  }
}
