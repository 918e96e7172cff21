package org.pmf4j.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.plugin.PmfPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins of third parties: each jar of a folder, and each folder of jars in it, is loaded by
 * itself. One that does not serve is left out with a line in the log; the others work.
 */
final class PluginFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

  private final List<PluginJar> open = new ArrayList<>();
  private final List<LoadedPlugin> plugins = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private PluginFolder() {}

  /** No folder: no plugins. */
  static PluginFolder none() {
    return new PluginFolder();
  }

  /**
   * Loads a folder.
   *
   * @param builtIn the plugins of the class path, whose names are taken
   * @throws PmfException if there is no such folder or it cannot be listed
   */
  static PluginFolder load(Path folder, List<PmfPlugin> builtIn) {
    PluginFolder loaded = new PluginFolder();
    PluginNames claims = new PluginNames(builtIn);
    List<Path> places = places(folder);
    for (Path place : places) {
      loaded.add(place, claims);
    }
    if (places.isEmpty()) {
      loaded.problem(folder + ": holds no plugins; put jars there, or folders of jars");
    }
    return loaded;
  }

  private static List<Path> places(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw PmfException.usage(folder + ": no such folder of plugins");
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> !p.getFileName().toString().startsWith("."))
          .filter(p -> Files.isDirectory(p) || PluginJar.isJar(p))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw FileErrors.cannotList(folder, e);
    }
  }

  private void add(Path place, PluginNames claims) {
    try {
      PluginJar jar = PluginJar.open(place);
      open.add(jar);
      List<LoadedPlugin> found = jar.plugins();
      claims.claim(place, found);
      plugins.addAll(found);
    } catch (PluginProblem e) {
      problem(place + ": left out: " + e.getMessage());
    }
  }

  private void problem(String line) {
    problems.add(line);
    LOG.warn("{}", line);
  }

  /** What was loaded, in the order of the names of the jars. */
  List<LoadedPlugin> plugins() {
    return List.copyOf(plugins);
  }

  /** What was left out and why, a line each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Closes the class loaders. */
  @Override
  public void close() {
    open.forEach(PluginJar::close);
    open.clear();
  }
}
