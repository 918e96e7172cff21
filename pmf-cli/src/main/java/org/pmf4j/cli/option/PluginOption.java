package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.core.plugin.PluginRegistry;
import picocli.CommandLine.Option;

/** Where plugins of third parties are. For one thread at a time. */
public final class PluginOption {
  private static final String VARIABLE = "PMF_PLUGINS";

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description =
          "folder of plugins: jars, and folders with a plugin's jar and its libraries (default:"
              + " $PMF_PLUGINS)")
  private Path plugins;

  /** The folder, if one is named here or by the environment. */
  public Optional<Path> folder() {
    String variable = System.getenv().getOrDefault(VARIABLE, "");
    if (plugins == null && !variable.isBlank()) {
      return Optional.of(Path.of(variable));
    }
    return Optional.ofNullable(plugins);
  }

  /** All that is there, built in or in the folder; the caller closes it. */
  public PluginRegistry discover() {
    ClassLoader loader = PluginRegistry.class.getClassLoader();
    return folder()
        .map(named -> PluginRegistry.discover(loader, named))
        .orElseGet(() -> PluginRegistry.discover(loader));
  }
}
