package org.pmf4j.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.SentenceModules;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;

/**
 * Which of a model's many files an encoder is read from: config.json, what says how its inputs and
 * its vector are made, and weights, whole or in the shards that an index lists: in the safetensors
 * format, and only where a model has none in that of PyTorch. Has no state: any thread may call it.
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
          "special_tokens_map.json",
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /** What sentence-transformers says of the whole model. */
  private static final List<String> MODEL =
      List.of(SentenceModules.FILE, "config_sentence_transformers.json");

  private NeededFiles() {}

  /**
   * What is needed of a model, but for the shards of its weights and what {@link #modules} tells.
   *
   * @param model whose folder is meant
   * @param files all that it has, as the hub names them
   * @return names in the folder, in the order in which to fetch them: small files first
   * @throws PmfException if the folder lacks what no encoder can do without, saying what to do
   */
  public static List<String> of(HubModel model, Set<String> files) {
    Predicate<String> has = in(model, files);
    List<String> needed = new ArrayList<>(MODEL.stream().filter(has).toList());
    // Where modules are listed, they say where the encoder is
    if (!has.test(SentenceModules.FILE)) {
      needed.addAll(encoder(model, "", files));
    }
    return needed;
  }

  /**
   * What the modules of sentence-transformers need, once the file that lists them is there.
   *
   * @param model for the message
   * @param folder of that file
   * @param files all that the model has, as the hub names them
   * @return names, with slashes between folders, none of which leads out of the model's; none where
   *     no modules are listed
   * @throws PmfException if the list is broken, or the model lacks what no encoder can do without
   */
  public static List<String> modules(HubModel model, Path folder, Set<String> files) {
    Optional<SentenceModules> listed = SentenceModules.find(folder);
    if (listed.isEmpty()) {
      return List.of();
    }
    Predicate<String> has = in(model, files);
    List<String> needed = new ArrayList<>();
    for (SentenceModules.Module module : listed.get().rest()) {
      if (!module.path().isEmpty()) {
        List<String> some = new ArrayList<>(List.of(CONFIG));
        some.addAll(WEIGHTS);
        some.stream().map(name -> module.path() + "/" + name).filter(has).forEach(needed::add);
      }
    }
    needed.addAll(encoder(model, below(listed.get()), files));
    return needed;
  }

  /** Where the encoder is in its model, with a slash at the end, or nothing. */
  private static String below(SentenceModules modules) {
    return modules.encoderPath().isEmpty() ? "" : modules.encoderPath() + "/";
  }

  private static String below(Path folder) {
    return SentenceModules.find(folder).map(NeededFiles::below).orElse("");
  }

  private static List<String> encoder(HubModel model, String below, Set<String> files) {
    Predicate<String> has = in(model, files);
    if (!has.test(below + CONFIG)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: has no %s%s, so that it is no encoder%s",
              model,
              below,
              CONFIG,
              others(model, files)));
    }
    List<String> needed = new ArrayList<>(List.of(below + CONFIG));
    INPUTS.stream().map(name -> below + name).filter(has).forEach(needed::add);
    needed.add(
        weights(below, has)
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

  private static Optional<String> weights(String below, Predicate<String> has) {
    return WEIGHTS.stream().map(name -> below + name).filter(has).findFirst();
  }

  /** Advice to a user who means an encoder in another folder; empty if there is none. */
  private static String others(HubModel model, Set<String> files) {
    List<String> encoders =
        files.stream()
            .filter(file -> file.endsWith("/" + CONFIG))
            .map(file -> model.in(file.substring(0, file.length() - CONFIG.length() - 1)))
            .filter(other -> weights("", in(other, files)).isPresent())
            .map(other -> HubModel.PREFIX + other)
            .sorted()
            .limit(MOST_FOLDERS)
            .toList();
    return encoders.isEmpty() ? "" : "; there are encoders in " + String.join(", ", encoders);
  }

  /** Whether a folder has a file. */
  private static Predicate<String> in(HubModel model, Set<String> files) {
    return name -> files.contains(model.file(name));
  }

  /** What a model may have or not have, so that it is worth knowing which. */
  public static List<String> optional() {
    List<String> all = new ArrayList<>(MODEL);
    all.addAll(INPUTS);
    return List.copyOf(all);
  }

  /**
   * The shards of a model whose other files are there.
   *
   * @param folder of those files
   * @return names of files, beside their index; none where the weights are one file
   * @throws PmfException if the index is broken, or names what is no plain file
   */
  public static List<String> shards(Path folder) {
    String below = below(folder);
    Optional<String> entry = weights(below, name -> Files.isRegularFile(folder.resolve(name)));
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
      names.add(below + file);
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
    String below = below(folder);
    if (!has.test(below + CONFIG)) {
      return Optional.of(below + CONFIG);
    }
    if (weights(below, has).isEmpty()) {
      return Optional.of(below + WEIGHTS.get(0));
    }
    List<String> rest = new ArrayList<>(settings(folder));
    rest.addAll(shards(folder));
    return rest.stream().filter(has.negate()).findFirst();
  }

  /** Of modules that cannot do without. */
  private static List<String> settings(Path folder) {
    return SentenceModules.find(folder).map(SentenceModules::rest).orElse(List.of()).stream()
        .filter(module -> List.of("pooling", "dense").contains(module.kind()))
        .map(module -> module.path().isEmpty() ? CONFIG : module.path() + "/" + CONFIG)
        .toList();
  }
}
