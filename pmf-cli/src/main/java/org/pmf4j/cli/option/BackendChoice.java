package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.plugin.PluginRegistry;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the backend, and of the plugins that may bring it. For one thread at a time. */
public final class BackendChoice {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "what computes, of those that 'pmf plugins' lists (default: ${DEFAULT-VALUE})")
  private String backend = Pmf.DEFAULT_BACKEND;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "cpu, cuda, cuda:1 ..., or auto for the best there is (default: ${DEFAULT-VALUE})")
  private String device = BackendOptions.DEFAULT.device();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "threads that one operation may use, 0 for the engine's choice (default: ${DEFAULT-VALUE})")
  private int threads = BackendOptions.DEFAULT.threads();

  @Mixin private PluginOption plugins = new PluginOption();

  /** Opens the chosen backend; the caller closes it. */
  public Pmf open() {
    return plugins
        .folder()
        .map(folder -> Pmf.open(backend, options(), folder))
        .orElseGet(() -> Pmf.open(backend, options()));
  }

  /** Its name. */
  public String name() {
    return backend;
  }

  /** The folder of plugins that may bring it, if there is one. */
  public Optional<Path> plugins() {
    return plugins.folder();
  }

  /** All plugins, without opening a backend; the caller closes them. */
  public PluginRegistry discover() {
    return plugins.discover();
  }

  /** How it is opened. */
  public BackendOptions options() {
    if (threads < 0) {
      throw PmfException.usage("threads must be 0 or more, got " + threads);
    }
    return new BackendOptions(device, threads);
  }
}
