package org.pmf4j.core.safetensors;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.InputFile;

/**
 * Where an encoder directory keeps its weights. Immutable, so that any number of threads may share
 * it.
 *
 * @param entry {@code model.safetensors}, or the index of the shards
 * @param weights all files that hold weights, and the index if there is one
 */
public record EncoderFiles(Path entry, List<Path> weights) {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final List<String> PICKLES =
      List.of("pytorch_model.bin", "pytorch_model.bin.index.json");

  /** Takes over an immutable copy. */
  public EncoderFiles {
    weights = List.copyOf(weights);
  }

  /**
   * Finds the weights.
   *
   * @param directory as {@code save_pretrained} writes it
   * @throws PmfException if there are none in the safetensors format, saying what to do
   */
  public static EncoderFiles of(Path directory) {
    Optional<EncoderFiles> found = find(directory);
    if (found.isPresent()) {
      return found.get();
    }
    for (String pickle : PICKLES) {
      if (Files.isRegularFile(directory.resolve(pickle))) {
        throw PmfException.input(
            String.format(
                    Locale.ROOT,
                    "%s: only %s is there, which is not read; convert it in Python with",
                    directory,
                    pickle)
                + " model.save_pretrained(folder)");
      }
    }
    if (!Files.isDirectory(directory)) {
      throw PmfException.input(directory + ": there is no such folder");
    }
    for (String name : List.of(SINGLE, INDEX)) {
      Path file = directory.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        InputFile.requireRegular(file);
      }
    }
    throw PmfException.input(
        String.format(Locale.ROOT, "%s: neither %s nor %s is there", directory, SINGLE, INDEX));
  }

  /**
   * Finds the weights, where there are some.
   *
   * @throws PmfException if the index of shards is broken
   */
  public static Optional<EncoderFiles> find(Path directory) {
    Path single = directory.resolve(SINGLE);
    if (Files.isRegularFile(single)) {
      return Optional.of(new EncoderFiles(single, List.of(single)));
    }
    Path index = directory.resolve(INDEX);
    if (!Files.isRegularFile(index)) {
      return Optional.empty();
    }
    List<Path> files = new ArrayList<>(ShardedTensors.shards(index));
    files.add(index);
    return Optional.of(new EncoderFiles(index, files));
  }

  /**
   * Opens the weights.
   *
   * @throws PmfException if a file is missing or broken
   */
  public TensorStore open() {
    return entry.endsWith(INDEX) ? ShardedTensors.open(entry) : SafetensorsFile.open(entry);
  }
}
