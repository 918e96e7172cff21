package org.pmf4j.core.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.split.Split;
import org.pmf4j.core.split.SplitFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A saved model: {@code adapter_config.json}, {@code adapter_model.safetensors}, {@code README.md},
 * {@code split.json} where its table was cut, and what training left beside them. A {@code
 * split.json} names the adapter that it belongs to; that of another one counts for nothing.
 *
 * <p>A model replaces another as a whole. All its files are written to the folder {@code .staged}
 * first, the configuration last: from then on what stands there is the model, and each file counts
 * before that of the same name outside. Then the files are moved out, the configuration last. So at
 * any moment, and whenever a writer is killed, a reader finds the old files or the new ones, never
 * some of each; the configuration's checksum of the adapter holds that. Immutable itself; its files
 * may be written by one thread and process at a time.
 *
 * @param path the directory
 */
public record ModelDirectory(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);
  private static final String ADAPTER = "adapter_model.safetensors";
  private static final String CONFIG = "adapter_config.json";
  private static final String CARD = "README.md";
  private static final String SPLIT = "split.json";
  private static final String STAGED = ".staged";

  /** A reader begins anew where a writer has replaced what it was reading. */
  private static final int ATTEMPTS = 20;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** The trained tensors. */
  public Path adapter() {
    return current(ADAPTER);
  }

  /** The configuration. */
  public Path config() {
    return current(CONFIG);
  }

  /** The card for people. */
  public Path card() {
    return current(CARD);
  }

  /** How the table was cut that the model was trained on; may not exist. */
  public Path splitFile() {
    return current(SPLIT);
  }

  /**
   * How the table was cut that the model was trained on.
   *
   * @return empty if it was not
   * @throws PmfException if there is no model, or a file of it is broken
   */
  public Optional<Split> split() {
    String adapter = readConfig().adapterSha256();
    return adapter == null || !Files.exists(splitFile())
        ? Optional.empty()
        : SplitFile.read(splitFile(), adapter);
  }

  /** One line for each step and epoch. */
  public Path log() {
    return path.resolve("train_log.jsonl");
  }

  /** What linear probes of the encoders reach on the same rows, where they were fitted. */
  public Path probes() {
    return path.resolve("probes.json");
  }

  /** Which layers stay in single precision where others are in integers; may not exist. */
  public Path int8() {
    return path.resolve("int8.json");
  }

  /** Encoders that training made. */
  public Path encoders() {
    return path.resolve("encoders");
  }

  /** What a run goes on from. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** True if a model has been saved here. */
  public boolean isComplete() {
    return Files.exists(config());
  }

  private Path current(String name) {
    Path staged = path.resolve(STAGED);
    boolean counts = Files.exists(staged.resolve(CONFIG)) && Files.exists(staged.resolve(name));
    return counts ? staged.resolve(name) : path.resolve(name);
  }

  /**
   * Saves a model in place of what is there.
   *
   * @param config without the adapter's checksum
   * @throws PmfException if a file cannot be written; the directory is then as it was
   */
  public void save(AdapterConfig config, Map<String, LazyTensor> adapter, String card) {
    save(config, adapter, card, Optional.empty());
  }

  /**
   * Saves a model in place of what is there.
   *
   * @param config without the adapter's checksum
   * @param split how the table was cut that it was trained on
   * @throws PmfException if a file cannot be written; the directory is then as it was
   */
  public void save(
      AdapterConfig config, Map<String, LazyTensor> adapter, String card, Optional<Split> split) {
    AtomicFile.createFolders(path);
    finish();
    Path staged = path.resolve(STAGED);
    try {
      AtomicFile.createFolders(staged);
      SafetensorsWriter.writePending(staged.resolve(ADAPTER), adapter, Map.of("format", "pt"));
      AtomicFile.write(staged.resolve(CARD), card);
      String sha256 = Fingerprint.of(staged.resolve(ADAPTER));
      split.ifPresent(
          s -> AtomicFile.write(staged.resolve(SPLIT), SplitFile.text(s, Optional.of(sha256))));
      AtomicFile.write(staged.resolve(CONFIG), json(config.withAdapter(sha256)));
    } catch (RuntimeException e) {
      discard(staged);
      throw e;
    }
    finish();
    forget(probes());
    forget(int8());
    LOG.info("{}: model saved", path);
  }

  /** What was measured of a model that was replaced. */
  private static void forget(Path measured) {
    try {
      Files.deleteIfExists(measured);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(measured, e);
    }
  }

  /**
   * Keeps what probes reach beside the model that is saved.
   *
   * @param json for programs
   * @param section what is added to the card
   * @throws PmfException if a file cannot be read or written
   */
  public void saveProbes(String json, String section) {
    AtomicFile.write(probes(), json);
    try {
      AtomicFile.write(card(), Files.readString(card()) + section);
    } catch (IOException e) {
      throw FileErrors.cannotRead(card(), e);
    }
  }

  private static byte[] json(AdapterConfig config) {
    try {
      return JSON.writeValueAsBytes(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Brings to its end what a writer that was killed has begun: a model that was written to its end
   * takes its place, what was not is removed. Only for who may write here.
   *
   * @throws PmfException if a file cannot be moved
   */
  public void finish() {
    Path staged = path.resolve(STAGED);
    if (Files.exists(staged.resolve(CONFIG))) {
      for (String name : List.of(ADAPTER, CARD, SPLIT, CONFIG)) {
        if (Files.exists(staged.resolve(name))) {
          AtomicFile.move(staged.resolve(name), path.resolve(name));
        }
      }
    }
    discard(staged);
  }

  private static void discard(Path staged) {
    if (!Files.isDirectory(staged)) {
      return;
    }
    try {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(staged)) {
        for (Path file : files) {
          Files.deleteIfExists(file);
        }
      }
      Files.deleteIfExists(staged);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(staged, e);
    }
  }

  /**
   * Reads the configuration.
   *
   * @throws PmfException if it is missing, broken, of another kind or of an unknown version
   */
  public AdapterConfig readConfig() {
    return AdapterConfigReader.read(path.resolve(CONFIG), configBytes());
  }

  private byte[] configBytes() {
    for (int attempt = 1; ; attempt++) {
      Path file = config();
      try {
        return Files.readAllBytes(file);
      } catch (IOException e) {
        if (attempt == ATTEMPTS || file.equals(config())) {
          if (!Files.exists(file)) {
            throw PmfException.input(
                file + ": missing; a model is a directory that 'pmf train' wrote to its end", e);
          }
          throw FileErrors.cannotRead(file, e);
        }
      }
    }
  }

  /**
   * Reads configuration and trained tensors, which belong together also while a writer replaces
   * them.
   *
   * @throws PmfException if a file is missing or broken, has numbers that are none, or if the
   *     adapter is not the one that the configuration was written for
   */
  public Saved read() {
    for (int attempt = 1; ; attempt++) {
      byte[] json = configBytes();
      Path file = adapter();
      try {
        AdapterConfig config = AdapterConfigReader.read(path.resolve(CONFIG), json);
        Saved model = new Saved(config, SavedValues.read(file));
        // Once it is open: of one name, files only follow each other
        requireChecksum(file, config);
        if (attempt == ATTEMPTS || Arrays.equals(json, configBytes())) {
          return model;
        }
      } catch (PmfException e) {
        if (attempt == ATTEMPTS || !wasReplaced(json, file)) {
          throw e;
        }
      }
    }
  }

  /** True if a writer has been here since, or is about to move what was just looked for. */
  private boolean wasReplaced(byte[] json, Path file) {
    return Files.isDirectory(path.resolve(STAGED))
        || !file.equals(adapter())
        || !Arrays.equals(json, configBytes());
  }

  private static void requireChecksum(Path file, AdapterConfig config) {
    if (config.adapterSha256() != null && !config.adapterSha256().equals(Fingerprint.of(file))) {
      throw PmfException.input(
          file
              + ": damaged, or of another model: its SHA-256 is not the \"adapter_sha256\" of "
              + CONFIG
              + "; restore it, or train anew");
    }
  }

  /**
   * Reads trained tensors to start from; they need no configuration beside them, but must be those
   * of one that is there.
   *
   * @throws PmfException as {@link #read} does
   */
  public SavedValues readValues() {
    return isComplete() ? read().adapter() : SavedValues.read(adapter());
  }

  /**
   * A model as it was saved.
   *
   * @param config its configuration
   * @param adapter its trained tensors
   */
  public record Saved(AdapterConfig config, SavedValues adapter) {}

  /** Reads the trained tensors by name. */
  public Map<String, HostTensor> readAdapter() {
    return readValues().values();
  }
}
