package org.pmf4j.core.encoder.sentence;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.SentenceModules;
import org.pmf4j.api.encoder.SentenceModules.Module;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;

/**
 * How the modules of sentence-transformers make one vector of an encoder's states: pooling, and
 * then fully connected layers and normalizing in any order. Immutable, so that any number of
 * threads may share it.
 */
public final class SentenceVector {
  /** What a user may do about modules that are not read. */
  static final String ADVICE = "pooling=family or pooling=mean leaves the modules out";

  private static final String VECTOR = "sentence_embedding";
  private static final List<String> NAMES = List.of("module_input_name", "module_output_name");

  private final SentenceModules modules;
  private final PoolingModule pooling;
  private final List<Optional<DenseModule>> steps;

  private SentenceVector(
      SentenceModules modules, PoolingModule pooling, List<Optional<DenseModule>> steps) {
    this.modules = modules;
    this.pooling = pooling;
    this.steps = steps;
  }

  /**
   * Reads the modules of a folder, but no weights.
   *
   * @return empty where the folder is an encoder alone
   * @throws PmfException for a module that is broken or not read, naming it
   */
  public static Optional<SentenceVector> of(SentenceFolder folder) {
    return folder.modules().map(modules -> read(folder, modules));
  }

  private static SentenceVector read(SentenceFolder folder, SentenceModules modules) {
    if (!modules.hasEncoder()) {
      throw refused(
          modules,
          "begins with a " + Quoted.of(modules.first().type()) + ", and not with a Transformer");
    }
    List<Module> rest = modules.rest();
    if (rest.isEmpty() || !rest.get(0).kind().equals("pooling")) {
      throw refused(
          modules,
          rest.isEmpty()
              ? "has no Pooling"
              : "has a " + Quoted.of(rest.get(0).type()) + " where a Pooling must be");
    }
    PoolingModule pooling = PoolingModule.read(config(folder, rest.get(0)));
    if (!pooling.includePrompt() && pooling.mode() == PoolingMode.FIRST) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: the first token without that of the prompt is one thing in sentence-transformers"
                  + " 5 and another in 6; choose pooling=first, or set \"include_prompt\" to true",
              pooling.source().source()));
    }
    List<Optional<DenseModule>> steps = new ArrayList<>();
    for (Module module : rest.subList(1, rest.size())) {
      steps.add(step(folder, modules, module));
    }
    return new SentenceVector(modules, pooling, List.copyOf(steps));
  }

  /** Empty stands for normalizing. */
  private static Optional<DenseModule> step(
      SentenceFolder folder, SentenceModules modules, Module module) {
    return switch (module.kind()) {
      case "dense" ->
          Optional.of(
              DenseModule.read(folder.place(module), module.path(), config(folder, module)));
      case "normalize" -> {
        if (Files.exists(file(folder, module), LinkOption.NOFOLLOW_LINKS)) {
          requireOfVector(config(folder, module));
        }
        yield Optional.empty();
      }
      default ->
          throw refused(modules, "has a " + Quoted.of(module.type()) + ", which is not read");
    };
  }

  private static Path file(SentenceFolder folder, Module module) {
    return folder.place(module).resolve(SentenceFolder.CONFIG);
  }

  private static EncoderConfig config(SentenceFolder folder, Module module) {
    Path file = file(folder, module);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: is missing, though %s lists the module; fetch the model again, or %s",
              file,
              SentenceModules.FILE,
              ADVICE));
    }
    return EncoderConfig.read(file);
  }

  /** Refuses a module that works on tokens. */
  static void requireOfVector(EncoderConfig config) {
    for (String key : NAMES) {
      String name = config.text(key, VECTOR);
      if (!name.equals(VECTOR)) {
        throw config.wrong(key, VECTOR + "; " + ADVICE, name);
      }
    }
  }

  private static PmfException refused(SentenceModules modules, String what) {
    return PmfException.input(modules.source() + ": " + what + "; " + ADVICE);
  }

  /**
   * Refuses modules that do not go with an encoder.
   *
   * @param width of its states, which its vector must have too
   */
  public void requireWidth(int width) {
    pooling.requireWidth(width);
    int now = width;
    for (Optional<DenseModule> step : steps) {
      if (step.isPresent() && step.get().in() != now) {
        throw refused(
            modules,
            String.format(
                Locale.ROOT,
                "%s takes vectors of %d numbers and gets %d",
                Quoted.of(step.get().path()),
                step.get().in(),
                now));
      }
      now = step.map(DenseModule::out).orElse(now);
    }
    if (now != width) {
      throw refused(
          modules,
          String.format(
              Locale.ROOT,
              "makes a vector of %d numbers, and here one has %d as the encoder's states",
              now,
              width));
    }
  }

  /**
   * The pooling that does all this.
   *
   * @param weights of the encoder
   * @param promptTokens how many tokens at the beginning of each sample are those of a prompt
   * @param folders gives the weights in a folder; its path in the model comes second
   */
  public Pooling pooling(
      Weights weights, int promptTokens, BiFunction<Path, String, Weights> folders) {
    Pooling all = pooling.mode().pooling(weights);
    boolean without = !pooling.includePrompt() && promptTokens > 0;
    List<VectorStep> made = new ArrayList<>();
    for (Optional<DenseModule> step : steps) {
      made.add(
          step.<VectorStep>map(d -> d.step(folders.apply(d.folder(), d.path())))
              .orElseGet(VectorStep.Normalize::new));
    }
    return new VectorPooling(
        without ? new WithoutPrompt(all, promptTokens) : all, List.copyOf(made));
  }
}
