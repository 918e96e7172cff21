package org.pmf4j.core.encoder.sentence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.SentenceModules;
import org.pmf4j.api.encoder.SentenceModules.Module;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.checkpoint.EncoderFiles;

/**
 * Where a folder of sentence-transformers has what. Immutable, so that any number of threads may
 * share it.
 *
 * @param root the folder
 * @param modules what its modules.json lists; empty where it has none and is an encoder alone
 */
public record SentenceFolder(Path root, Optional<SentenceModules> modules) {
  static final String CONFIG = "config.json";
  private static final String MODEL = "config_sentence_transformers.json";
  private static final String DEFAULT_PROMPT = "default_prompt_name";

  /** The settings of the encoder's module; which of them counts is for the modality to say. */
  private static final List<String> ENCODER =
      List.of(
          "sentence_bert_config.json",
          "sentence_roberta_config.json",
          "sentence_distilbert_config.json",
          "sentence_camembert_config.json",
          "sentence_albert_config.json",
          "sentence_xlm-roberta_config.json",
          "sentence_xlnet_config.json");

  /**
   * Looks into a folder.
   *
   * @throws PmfException if its modules.json is broken
   */
  public static SentenceFolder of(Path root) {
    SentenceFolder folder = new SentenceFolder(root, SentenceModules.find(root));
    folder.requireReachablePrompts();
    return folder;
  }

  /** Where the encoder's own files are. */
  public Path encoder() {
    return modules.map(m -> place(m.encoderPath())).orElse(root);
  }

  Path place(Module module) {
    return place(module.path());
  }

  private Path place(String path) {
    return path.isEmpty() ? root : root.resolve(path);
  }

  /** The prompts of a folder whose encoder has one of its own are not seen from there. */
  private void requireReachablePrompts() {
    Path model = root.resolve(MODEL);
    if (!encoder().equals(root)
        && Files.isRegularFile(model)
        && EncoderConfig.read(model).has(DEFAULT_PROMPT)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: \"%s\" is not read where the encoder is in a folder of its own; take it out",
              model,
              DEFAULT_PROMPT));
    }
  }

  /**
   * The files that say what becomes of a text beside those of the encoder itself, by their names in
   * the folder: those that are there.
   */
  public Map<String, Path> files() {
    Map<String, Path> all = new LinkedHashMap<>();
    put(all, root, SentenceModules.FILE);
    put(all, root, MODEL);
    ENCODER.forEach(name -> put(all, encoder(), name));
    modules.ifPresent(
        m ->
            m.rest()
                .forEach(
                    module -> {
                      put(all, place(module), CONFIG);
                      EncoderFiles.find(place(module))
                          .ifPresent(w -> w.weights().forEach(f -> put(all, f)));
                    }));
    return Collections.unmodifiableMap(all);
  }

  private void put(Map<String, Path> all, Path folder, String name) {
    put(all, folder.resolve(name));
  }

  private void put(Map<String, Path> all, Path file) {
    if (Files.isRegularFile(file)) {
      all.put(root.relativize(file).toString().replace('\\', '/'), file);
    }
  }
}
