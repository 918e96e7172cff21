package org.pmf4j.serve.model;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.model.ModelDirectory;

/**
 * Where models are: a folder of directories, each of the name of its model, or directories that
 * were named. Immutable, so that any number of threads may share it.
 *
 * @param folder looked through anew each time
 * @param named by name, directories that stay
 */
public record ModelPlaces(Optional<Path> folder, Map<String, Path> named) {
  /** Copies the map. */
  public ModelPlaces {
    named = Map.copyOf(named);
  }

  /**
   * All that are there whole, in the order of their names.
   *
   * @throws PmfException if the folder cannot be read
   */
  public Map<String, Path> all() {
    Map<String, Path> all = new TreeMap<>(named);
    folder.ifPresent(f -> add(f, all));
    return all;
  }

  private static void add(Path folder, Map<String, Path> all) {
    if (!Files.isDirectory(folder)) {
      throw PmfException.input(folder + ": there is no such folder of models");
    }
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(folder)) {
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (!name.startsWith(".") && new ModelDirectory(directory).isComplete()) {
          all.putIfAbsent(name, directory);
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }
}
