package org.pmf4j.core.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.core.file.Shown;
import org.pmf4j.core.store.TensorStore;

/**
 * Where an encoder directory keeps its weights: {@code model.safetensors}, else the shards that
 * {@code model.safetensors.index.json} lists, else {@code pytorch_model.bin} or its shards; and
 * where none of these is there, the same of the one variant that is, such as {@code
 * model.fp16.safetensors}. Immutable, so that any number of threads may share it.
 *
 * @param entry the file of all weights, or the index of the shards
 * @param weights all files that hold weights, and the index if there is one
 */
public record EncoderFiles(Path entry, List<Path> weights) {
  private static final int MOST_FOLDERS = 5;

  private static final String ONNX = "model.onnx";

  /** What others read. */
  private static final List<String> UNREAD =
      List.of(
          "tf_model.h5",
          "flax_model.msgpack",
          ONNX,
          "adapter_model.safetensors",
          "adapter_model.bin");

  /** Takes over an immutable copy. */
  public EncoderFiles {
    weights = List.copyOf(weights);
  }

  /**
   * Finds the weights.
   *
   * @param directory as {@code save_pretrained} writes it
   * @throws PmfException if there are none in a format that is read, saying what is there and what
   *     to do
   */
  public static EncoderFiles of(Path directory) {
    Optional<EncoderFiles> found = find(directory);
    if (found.isPresent()) {
      return found.get();
    }
    if (!Files.isDirectory(directory)) {
      throw PmfException.input(directory + ": there is no such folder");
    }
    for (WeightFormat format : WeightFormat.values()) {
      for (String name : format.names()) {
        Path file = directory.resolve(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          InputFile.requireRegular(file);
        }
      }
    }
    throw none(directory);
  }

  private static PmfException none(Path directory) {
    for (String unread : UNREAD) {
      if (Files.isRegularFile(directory.resolve(unread))) {
        return PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: only %s is there, which is not read; %s",
                directory,
                unread,
                unread.equals(ONNX)
                    ? "make an encoder of it by 'pmf import'"
                    : "load the model in Python and save it with model.save_pretrained(folder)"));
      }
    }
    String missing =
        String.format(
            Locale.ROOT,
            "%s: neither %s nor %s is there, nor an index of shards",
            directory,
            WeightFormat.SAFETENSORS.single(),
            WeightFormat.PYTORCH.single());
    return PmfException.input(missing + below(directory));
  }

  /** Advice to a user who means a folder in the directory that has weights; empty if none has. */
  public static String below(Path directory) {
    List<String> folders =
        list(directory).stream()
            .filter(Files::isDirectory)
            .filter(folder -> plain(folder).isPresent())
            .map(folder -> Shown.plain(folder.getFileName().toString()))
            .limit(MOST_FOLDERS)
            .toList();
    return folders.isEmpty()
        ? ""
        : "; there are weights in " + String.join(", ", folders) + ": name that folder";
  }

  /**
   * Finds the weights, where there are some.
   *
   * @throws PmfException if an index of shards is broken, or if there are several variants and
   *     nothing else
   */
  public static Optional<EncoderFiles> find(Path directory) {
    Optional<Path> plain = plain(directory);
    Optional<Path> entry = plain.isPresent() ? plain : variant(directory);
    return entry.map(EncoderFiles::at);
  }

  private static Optional<Path> plain(Path directory) {
    return Arrays.stream(WeightFormat.values())
        .flatMap(format -> format.names().stream())
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<Path> variant(Path directory) {
    Set<String> variants = new TreeSet<>();
    for (Path file : list(directory)) {
      if (Files.isRegularFile(file)) {
        for (WeightFormat format : WeightFormat.values()) {
          format.variant(file.getFileName().toString()).ifPresent(variants::add);
        }
      }
    }
    if (variants.size() > 1) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: there is no %s, but the variants %s of it; give the one to be read that name",
              directory,
              WeightFormat.SAFETENSORS.single(),
              String.join(", ", variants)));
    }
    return variants.stream()
        .flatMap(
            variant ->
                Arrays.stream(WeightFormat.values())
                    .flatMap(format -> format.names(variant).stream()))
        .map(directory::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static List<Path> list(Path directory) {
    List<Path> files = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return files;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      all.forEach(files::add);
    } catch (IOException e) {
      throw FileErrors.cannotRead(directory, e);
    }
    files.sort(null);
    return files;
  }

  private static EncoderFiles at(Path entry) {
    List<Path> files = new ArrayList<>();
    if (WeightFormat.isIndex(entry)) {
      files.addAll(ShardedTensors.shards(entry));
    }
    files.add(entry);
    return new EncoderFiles(entry, files);
  }

  /**
   * Opens the weights.
   *
   * @return a store which the caller closes
   * @throws PmfException if a file is missing or broken
   */
  public TensorStore open() {
    return WeightFormat.of(entry).open(entry);
  }
}
