package org.pmf4j.cli.look;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.look.page.LookPage;
import org.pmf4j.cli.option.EncoderPlace;
import org.pmf4j.cli.option.OutputFile;
import org.pmf4j.cli.option.PluginOption;
import org.pmf4j.cli.option.RequiredTable;
import org.pmf4j.cli.option.SplitOptions;
import org.pmf4j.cli.option.TableReading;
import org.pmf4j.core.data.TableFormats;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectories;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.LookConfig;
import org.pmf4j.core.look.LookJob;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.SplitRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf look}. For one thread at a time. */
@Command(
    name = "look",
    description = {
      "Shows what tables hold, before anything is trained on them: what the columns seem to be, how"
          + " large values are, how classes are balanced, which rows repeat others or cannot be"
          + " read, and the command that trains on it. No encoder is needed."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf look --data ads.csv --label topic --page look.html",
      "  pmf look --data ads.csv --split 0.8,0.1,0.1 --group-column advertiser",
      "  pmf look --data train.csv --validation val.csv --test test.csv --encoder text=bert"
    })
public final class LookCommand implements Callable<Integer> {
  private static final String TEXT = "text";

  private final Console console;

  @Mixin private RequiredTable data = new RequiredTable();

  @Option(names = "--validation", paramLabel = "TABLE", description = "the validation table")
  private String validation;

  @Option(names = "--test", paramLabel = "TABLE", description = "the test table")
  private String test;

  @Mixin private TableReading reading = new TableReading();

  @Mixin private SplitOptions split = new SplitOptions();

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description =
          "what labels mean: single-label, multi-label or regression (default: what they look"
              + " like)")
  private String task;

  @Option(
      names = "--encoder",
      paramLabel = "NAME=DIR",
      description = EncoderPlace.HELP + "; that of texts counts their tokens")
  private Map<String, String> encoders = new LinkedHashMap<>();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "HTML page with charts, pictures and sounds")
  private Path page;

  @Option(names = "--json", description = "print all of it as JSON")
  private boolean json;

  @Mixin private PluginOption plugins = new PluginOption();

  /** A command that writes to {@code console}. */
  public LookCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LookConfig config = config();
    checkPage(config);
    try (PluginRegistry found = plugins.discover()) {
      Map<String, Modality> modalities = new LinkedHashMap<>(found.modalities().all());
      Map<String, Preprocessor> tokens = new LinkedHashMap<>();
      addEncoders(found, modalities, tokens);
      try {
        TableFormats formats = TableFormats.of(found.tableFormats().all().values());
        LookJob job = new LookJob(formats, modalities, tokens);
        Look look = job.run(config, console.progress());
        TrainWords words = new TrainWords(look, config, encoders, reading.csvWords());
        if (page != null) {
          LookPage.of(
                  look,
                  words.advice(),
                  (column, source) -> preview(look, modalities, column, source))
              .write(page);
        }
        if (json) {
          console.out().println(LookJson.of(look, words.advice()));
        } else {
          LookText.print(look, words.advice(), console.out());
        }
      } finally {
        tokens.values().forEach(Preprocessor::close);
      }
    }
    return 0;
  }

  private static Optional<Preview> preview(
      Look look, Map<String, Modality> modalities, String column, Source source) {
    return look.columns().stream()
        .filter(c -> c.name().equals(column))
        .findFirst()
        .flatMap(c -> c.role().modality())
        .map(modalities::get)
        .flatMap(m -> m.preview(source));
  }

  private LookConfig config() {
    if (task != null && !Task.KINDS.contains(task)) {
      throw PmfException.usage(
          "--task: " + Quote.value(task) + " is none of " + String.join(", ", Task.KINDS));
    }
    SplitRule rule = split.rule(0).orElse(null);
    List<LookConfig.PartTable> tables = new ArrayList<>();
    tables.add(new LookConfig.PartTable(Part.TRAIN, data.location()));
    add(tables, Part.VALIDATION, validation);
    add(tables, Part.TEST, test);
    if (rule != null && tables.size() > 1) {
      throw PmfException.usage(
          "one table is split, or several are looked at; leave --validation and --test or the split"
              + " out");
    }
    tables.forEach(t -> t.table().requireThere());
    return new LookConfig(
        tables,
        reading.over(TableOptions.DEFAULT),
        Optional.ofNullable(rule),
        Optional.ofNullable(task));
  }

  private static void add(List<LookConfig.PartTable> tables, Part part, String name) {
    if (name != null) {
      tables.add(new LookConfig.PartTable(part, TableLocation.of(name, null)));
    }
  }

  private void checkPage(LookConfig config) {
    if (page == null) {
      return;
    }
    OutputFile.check(page);
    OutputPlace places = new OutputPlace();
    config.tables().forEach(t -> t.table().keepIn(places, "the table"));
    EncoderPlace.directories(encoders)
        .forEach((name, path) -> places.folder("the " + name + " encoder", path));
    places.requireFile(page);
  }

  /** Encoders by their names; one of texts counts tokens, under the name of its modality too. */
  private void addEncoders(
      PluginRegistry found, Map<String, Modality> modalities, Map<String, Preprocessor> tokens) {
    EncoderDirectories directories = new EncoderDirectories();
    EncoderPlace.directories(encoders)
        .forEach(
            (name, path) -> {
              EncoderSpec spec = EncoderSpec.of(found, name, directories.get(path), Map.of());
              modalities.putIfAbsent(name, spec.modality());
              if (spec.modality().name().equals(TEXT)) {
                Preprocessor preprocessor =
                    spec.modality()
                        .preprocessor(
                            spec.directory().files(),
                            spec.directory().modelType(),
                            spec.settings());
                tokens.put(name, preprocessor);
                tokens.putIfAbsent(TEXT, preprocessor);
              }
            });
  }
}
