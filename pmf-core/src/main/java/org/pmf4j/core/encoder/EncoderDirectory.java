package org.pmf4j.core.encoder;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.checkpoint.EncoderFiles;
import org.pmf4j.core.encoder.sentence.SentenceFolder;
import org.pmf4j.core.plugin.PluginRegistry;

/**
 * A directory in the Hugging Face layout, or a folder of sentence-transformers, which may have the
 * encoder in a folder of its own. Immutable, so that any number of threads may share it.
 *
 * @param folder the directory
 * @param config its {@code config.json}
 * @param modelType the {@code model_type} in it
 * @param fingerprint SHA-256 over configuration, weights and preprocessing files: those that are
 *     read
 */
public record EncoderDirectory(
    SentenceFolder folder, EncoderConfig config, String modelType, String fingerprint) {

  /**
   * Reads a directory's configuration and hashes its files.
   *
   * @throws PmfException if there is no such directory or its config.json is missing or broken
   */
  public static EncoderDirectory open(Path path) {
    if (!Files.isDirectory(path)) {
      throw PmfException.input(path + ": no such encoder directory");
    }
    SentenceFolder folder = SentenceFolder.of(path);
    EncoderConfig config = config(folder.encoder());
    String type = config.text("model_type", "");
    if (type.isEmpty()) {
      throw PmfException.input(config.source() + ": \"model_type\" is missing");
    }
    return new EncoderDirectory(folder, config, type, EncoderFingerprint.of(folder));
  }

  /** The directory itself, by which it is named. */
  public Path path() {
    return folder.root();
  }

  /** Where configuration, weights and what prepares inputs are. */
  public Path files() {
    return folder.encoder();
  }

  /**
   * True for the fingerprint of these files, also as an older version took it.
   *
   * @param saved in a model or a checkpoint
   */
  public boolean isKnownAs(String saved) {
    return fingerprint.equals(saved) || EncoderFingerprint.formerly(folder).contains(saved);
  }

  /**
   * The families that read it, by modality.
   *
   * @return one or more
   * @throws PmfException naming the known ones, if none does
   */
  public Map<String, EncoderFamily> families(PluginRegistry plugins) {
    Map<String, EncoderFamily> families = plugins.encoderFamilies().of(modelType);
    if (families.isEmpty()) {
      throw UnknownModelType.of(config, modelType, plugins.encoderFamilies().modelTypes());
    }
    return families;
  }

  /**
   * Another JSON object of the directory, if it is there.
   *
   * @param name of the file, such as {@code preprocessor_config.json}
   * @throws PmfException if it is broken
   */
  public Optional<EncoderConfig> optional(String name) {
    Path file = files().resolve(name);
    return Files.isRegularFile(file) ? Optional.of(EncoderConfig.read(file)) : Optional.empty();
  }

  private static EncoderConfig config(Path directory) {
    Path file = directory.resolve("config.json");
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw PmfException.input(
          file
              + ": missing; an encoder directory is what save_pretrained writes"
              + EncoderFiles.below(directory));
    }
    return EncoderConfig.read(file);
  }
}
