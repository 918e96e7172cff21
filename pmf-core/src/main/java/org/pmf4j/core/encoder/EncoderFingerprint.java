package org.pmf4j.core.encoder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.encoder.sentence.SentenceFolder;

/**
 * The SHA-256 by which a saved model knows its encoders again: over the files that are read, and no
 * others.
 */
final class EncoderFingerprint {
  private static final String CONFIG = "config.json";

  /** Files beside the weights that change what the encoder computes. */
  private static final List<String> PREPROCESSING =
      List.of(
          "preprocessor_config.json",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "added_tokens.json",
          "special_tokens_map.json");

  /** Those of models of format version 1. */
  private static final List<String> PREPROCESSING_OF_VERSION_1 =
      List.of(
          "preprocessor_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.txt",
          "vocab.json",
          "merges.txt",
          "special_tokens_map.json");

  private EncoderFingerprint() {}

  /** What is saved today. */
  static String of(SentenceFolder folder) {
    String encoder = encoder(folder.encoder());
    Map<String, Path> more = folder.files();
    if (more.isEmpty()) {
      return encoder;
    }
    List<String> parts = new ArrayList<>(List.of(encoder));
    more.forEach(
        (name, file) -> {
          parts.add(name);
          parts.add(Fingerprint.of(file));
        });
    return Fingerprint.ofParts(parts.toArray(String[]::new));
  }

  private static String encoder(Path directory) {
    return Fingerprint.of(files(directory, weights(directory), PREPROCESSING));
  }

  /**
   * What may have been saved of the same files before those of sentence-transformers counted, and
   * in version 1: all that had .safetensors in their names counted then, the files of killed
   * writers among them, also where they have gone since.
   */
  static Set<String> formerly(SentenceFolder folder) {
    Path directory = folder.encoder();
    Set<String> all = new LinkedHashSet<>();
    all.add(encoder(directory));
    for (List<Path> weights : List.of(allSafetensors(directory), weights(directory))) {
      all.add(Fingerprint.of(files(directory, weights, PREPROCESSING_OF_VERSION_1)));
    }
    return all;
  }

  private static List<Path> files(Path directory, List<Path> weights, List<String> others) {
    List<Path> files = new ArrayList<>();
    files.add(directory.resolve(CONFIG));
    files.addAll(weights);
    others.stream().map(directory::resolve).filter(Files::isRegularFile).forEach(files::add);
    return files;
  }

  /** A shard that is missing is told of by who opens them. */
  private static List<Path> weights(Path directory) {
    Optional<EncoderFiles> found = EncoderFiles.find(directory);
    return found.map(EncoderFiles::weights).orElse(List.of()).stream()
        .filter(Files::isRegularFile)
        .toList();
  }

  private static List<Path> allSafetensors(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
      for (Path file : all) {
        boolean counted = file.getFileName().toString().contains(".safetensors");
        if (counted && Files.isRegularFile(file)) {
          files.add(file);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(directory, e);
    }
    return files;
  }
}
