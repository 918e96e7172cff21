package org.pmf4j.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;

/**
 * Which of a model's many files an encoder is read from: config.json, what says how its inputs are
 * made, and weights, whole or in the shards that an index lists: in the safetensors format, and
 * only where a model has none in that of PyTorch. Has no state: any thread may call it.
 */
public final class NeededFiles {
  private static final String CONFIG = "config.json";
  private static final int MOST_FOLDERS = 5;
  private static final String INDEX = ".index.json";

  /** In the order in which they are looked for, as transformers looks. */
  private static final List<String> WEIGHTS =
      List.of(
          "model.safetensors",
          "model.safetensors" + INDEX,
          "pytorch_model.bin",
          "pytorch_model.bin" + INDEX);

  private static final List<String> INPUTS =
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

  private NeededFiles() {}

  /**
   * What is needed of a model, but for the shards of its weights.
   *
   * @param model whose folder is meant
   * @param files all that it has, as the hub names them
   * @return names in the folder, in the order in which to fetch them: small files first
   * @throws PmfException if the folder lacks what no encoder can do without, saying what to do
   */
  public static List<String> of(HubModel model, Set<String> files) {
    Predicate<String> has = name -> files.contains(model.file(name));
    if (!has.test(CONFIG)) {
      throw PmfException.input(
          model + ": has no " + CONFIG + ", so that it is no encoder" + others(model, files));
    }
    List<String> needed = new ArrayList<>(List.of(CONFIG));
    INPUTS.stream().filter(has).forEach(needed::add);
    needed.add(
        weights(has)
            .orElseThrow(
                () ->
                    PmfException.input(
                        model
                            + ": has none of "
                            + String.join(", ", WEIGHTS)
                            + ", and other weights are not read; look for a revision that has"
                            + " them, or save the model with Python's save_pretrained"
                            + others(model, files))));
    return needed;
  }

  /** Advice to a user who means an encoder in another folder; empty if there is none. */
  private static String others(HubModel model, Set<String> files) {
    List<String> encoders =
        files.stream()
            .filter(file -> file.endsWith("/" + CONFIG))
            .map(file -> model.in(file.substring(0, file.length() - CONFIG.length() - 1)))
            .filter(other -> weights(name -> files.contains(other.file(name))).isPresent())
            .map(other -> HubModel.PREFIX + other)
            .sorted()
            .limit(MOST_FOLDERS)
            .toList();
    return encoders.isEmpty() ? "" : "; there are encoders in " + String.join(", ", encoders);
  }

  private static Optional<String> weights(Predicate<String> has) {
    return WEIGHTS.stream().filter(has).findFirst();
  }

  /** What a model may have or not have, so that it is worth knowing which. */
  public static List<String> optional() {
    return INPUTS;
  }

  /**
   * The shards of a model whose other files are there.
   *
   * @param folder of those files
   * @return plain names of files; none where the weights are one file
   * @throws PmfException if the index is broken, or names what is no plain file
   */
  public static List<String> shards(Path folder) {
    Optional<String> entry = weights(name -> Files.isRegularFile(folder.resolve(name)));
    if (entry.isEmpty() || !entry.get().endsWith(INDEX)) {
      return List.of();
    }
    Path index = folder.resolve(entry.get());
    TreeSet<String> names = new TreeSet<>();
    EncoderConfig map =
        EncoderConfig.read(index)
            .object("weight_map")
            .orElseThrow(() -> PmfException.input(index + ": \"weight_map\" is missing"));
    for (Object name : map.values().values()) {
      if (!(name instanceof String file) || !FileNames.isPlain(file)) {
        throw PmfException.input(index + ": names as a shard " + Quoted.of(name));
      }
      names.add(file);
    }
    return List.copyOf(names);
  }

  /**
   * The first file that an encoder cannot do without and that is not in a folder.
   *
   * @param folder a snapshot, which may be one that a download was broken off of
   */
  public static Optional<String> missing(Path folder) {
    Predicate<String> has = name -> Files.isRegularFile(folder.resolve(name));
    if (!has.test(CONFIG)) {
      return Optional.of(CONFIG);
    }
    if (weights(has).isEmpty()) {
      return Optional.of(WEIGHTS.get(0));
    }
    return shards(folder).stream().filter(has.negate()).findFirst();
  }
}
