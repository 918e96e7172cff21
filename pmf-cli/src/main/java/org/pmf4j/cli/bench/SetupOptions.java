package org.pmf4j.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.methods.work.Setup;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.FusionTaskOptions;
import org.pmf4j.core.plugin.PluginRegistry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all methods are compared on. */
final class SetupOptions {
  @Mixin private FusionTaskOptions fusion = new FusionTaskOptions();

  @Option(
      names = "--validation",
      required = true,
      paramLabel = "FILE",
      description = "validation table, which chooses the best epoch")
  private Path validation;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "table that the trained models are measured on (default: --validation)")
  private Path test;

  @Option(
      names = "--no-cache",
      description =
          "compute the frozen layers anew in every epoch; else their outputs are kept in --out")
  private boolean noCache;

  @Mixin private BackendChoice backend = new BackendChoice();

  String task() {
    return fusion.task();
  }

  boolean cached() {
    return !noCache;
  }

  List<String> modalities() {
    return List.copyOf(fusion.encoders().keySet());
  }

  /** The plugins, without opening a backend; the caller closes them. */
  PluginRegistry plugins() {
    ClassLoader loader = PluginRegistry.class.getClassLoader();
    return backend
        .plugins()
        .map(folder -> PluginRegistry.discover(loader, folder))
        .orElseGet(() -> PluginRegistry.discover(loader));
  }

  /** Checks that the tables are there. */
  void check() {
    for (Path table : new Path[] {fusion.data(), validation, test == null ? validation : test}) {
      if (!Files.isRegularFile(table)) {
        throw PmfException.input(table + ": no such file");
      }
    }
  }

  Setup setup() {
    Map<String, String> directories = new LinkedHashMap<>();
    fusion.encoders().forEach((name, path) -> directories.put(name, path.toString()));
    return new Setup(
        fusion.data().toString(),
        validation.toString(),
        (test == null ? validation : test).toString(),
        fusion.task(),
        directories,
        fusion.precision().alone(),
        fusion.labelSmoothing(),
        fusion.modalityDropout(),
        fusion.classWeights(),
        backend.name(),
        backend.options().device(),
        backend.options().threads(),
        backend.plugins().map(Path::toString).orElse(null));
  }
}
