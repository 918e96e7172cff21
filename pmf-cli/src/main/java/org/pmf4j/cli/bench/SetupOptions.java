package org.pmf4j.cli.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.bench.methods.work.Reading;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.FusionTaskOptions;
import org.pmf4j.cli.option.ValidationOption;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.plugin.PluginRegistry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all methods are compared on. */
final class SetupOptions {
  @Mixin private FusionTaskOptions fusion = new FusionTaskOptions();

  @Mixin private ValidationOption validation = new ValidationOption();

  @Option(
      names = "--test",
      paramLabel = "TABLE",
      description = "table that the trained models are measured on (default: --validation)")
  private String test;

  @Option(
      names = "--test-query",
      paramLabel = "SQL",
      description = "what --test is asked, where it is a database")
  private String testQuery;

  @Option(
      names = "--task",
      paramLabel = "KIND",
      description = "single-label, multi-label or regression (default: ${DEFAULT-VALUE})")
  private String task = Task.SINGLE_LABEL;

  @Option(
      names = "--no-cache",
      description =
          "compute the frozen layers anew in every epoch; else their outputs are kept in --out")
  private boolean noCache;

  @Mixin private BackendChoice backend = new BackendChoice();

  String task() {
    return task;
  }

  boolean cached() {
    return !noCache;
  }

  /**
   * The encoders' shapes by modality, from their configurations alone where their families tell it.
   *
   * @throws PmfException if one cannot be read
   */
  Named<EncoderShape> shapes(PluginRegistry plugins) {
    Map<String, EncoderShape> shapes = new LinkedHashMap<>();
    fusion.encoders().forEach((name, path) -> shapes.put(name, shape(plugins, name, path)));
    return Named.of(shapes);
  }

  private EncoderShape shape(PluginRegistry plugins, String name, Path path) {
    Map<String, String> chosen = fusion.encoderSettings().getOrDefault(name, Map.of());
    EncoderSpec spec = EncoderSpec.of(plugins, name, EncoderDirectory.open(path), chosen);
    return spec.family()
        .shape(spec.directory().config())
        .orElseGet(
            () -> {
              try (Pmf pmf = backend.open()) {
                return pmf.shape(name, path, chosen);
              }
            });
  }

  /** The plugins, without opening a backend; the caller closes them. */
  PluginRegistry plugins() {
    return backend.discover();
  }

  /** Checks that the tables are there. */
  void check() {
    List.of(fusion.data(), validation(), test()).forEach(TableLocation::requireThere);
  }

  private TableLocation validation() {
    return validation
        .location()
        .orElseThrow(() -> PmfException.usage("Missing required option: '--validation=TABLE'"));
  }

  private TableLocation test() {
    return test == null ? validation() : TableLocation.of(test, testQuery);
  }

  Setup setup() {
    Map<String, String> directories = new LinkedHashMap<>();
    fusion.encoders().forEach((name, path) -> directories.put(name, path.toString()));
    return new Setup(
        fusion.data().name(),
        validation().name(),
        test().name(),
        Reading.of(
            fusion.tables().with(validation.unknownLabels()),
            fusion.data().query().orElse(null),
            validation().query().orElse(null),
            test().query().orElse(null)),
        task,
        directories,
        fusion.encoderSettings(),
        fusion.precision().alone(),
        fusion.objective().toMap(),
        backend.name(),
        backend.options().device(),
        backend.options().threads(),
        backend.plugins().map(Path::toString).orElse(null));
  }
}
