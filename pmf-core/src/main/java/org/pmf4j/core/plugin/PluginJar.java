package org.pmf4j.core.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.plugin.PmfPlugin;

/**
 * A jar with its class loader, or a plugin's jar and its libraries together in one.
 *
 * @param place the jar, or the folder of jars
 */
record PluginJar(Path place, URLClassLoader loader) implements AutoCloseable {

  static boolean isJar(Path file) {
    return file.getFileName().toString().endsWith(".jar");
  }

  /**
   * Opens a place.
   *
   * @throws PluginProblem if a jar of it is broken, or none names a plugin
   */
  static PluginJar open(Path place) throws PluginProblem {
    List<Path> jars = jars(place);
    boolean named = false;
    for (Path jar : jars) {
      named |= JarCheck.namesAPlugin(jar);
    }
    if (!named) {
      throw new PluginProblem(
          "no "
              + JarCheck.SERVICE
              + " names a plugin in it; a plugin's libraries belong into a folder with it");
    }
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = url(jars.get(i));
    }
    String name = place.getFileName().toString();
    return new PluginJar(place, new URLClassLoader(name, urls, new ApiOnlyLoader()));
  }

  private static List<Path> jars(Path place) throws PluginProblem {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(PluginJar::isJar).sorted().toList();
    } catch (IOException e) {
      throw new PluginProblem("the folder cannot be listed: " + FileErrors.reason(e));
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw PmfException.environment(jar + ": cannot be loaded from: its path makes no URL", e);
    }
  }

  /**
   * Makes its plugins and asks them for all that they bring. Whatever their code throws is caught:
   * it says nothing about the rest of the program.
   */
  List<LoadedPlugin> plugins() throws PluginProblem {
    try {
      List<LoadedPlugin> found = new ArrayList<>();
      for (PmfPlugin plugin : ServiceLoader.load(PmfPlugin.class, loader)) {
        found.add(LoadedPlugin.of(place, plugin));
      }
      return found;
    } catch (PluginProblem | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      throw PluginProblem.of(e);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw PmfException.environment(place + ": cannot be closed: " + FileErrors.reason(e), e);
    }
  }
}
