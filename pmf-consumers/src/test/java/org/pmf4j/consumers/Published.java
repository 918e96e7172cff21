package org.pmf4j.consumers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A module as it is published.
 *
 * @param name of the artifact
 * @param pom what the build wrote to be read by resolvers
 * @param jar empty where the POM is all there is
 */
record Published(String name, Path pom, Optional<Path> jar) {
  /** Modules that are built and never published. */
  private static final List<String> KEPT =
      List.of("pmf-consumers", "pmf-dist", "pmf-natives", "pmf-parity", "pmf-site");

  /** All of them. */
  static List<Published> all() {
    List<Published> all = new ArrayList<>();
    for (Path folder : List.of(Build.ROOT, Build.ROOT.resolve("pmf-natives"))) {
      try (Stream<Path> modules = Files.list(folder)) {
        modules
            .filter(module -> Files.exists(module.resolve("pom.xml")))
            .map(module -> module(folder, module))
            .filter(module -> !KEPT.contains(module.name))
            .sorted(Comparator.comparing(Published::name))
            .forEach(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private static Published module(Path parent, Path module) {
    String folder = module.getFileName().toString();
    String name = parent.equals(Build.ROOT) ? folder : parent.getFileName() + "-" + folder;
    Path target = module.resolve(Build.FOLDER);
    Path jar = target.resolve(name + "-" + Build.VERSION + ".jar");
    return new Published(
        name,
        target.resolve("published.pom"),
        Files.exists(jar) ? Optional.of(jar) : Optional.empty());
  }

  /** Puts all into an empty repository, as deploying them would. */
  static Path repository(Path folder) {
    try {
      for (Published artifact : all()) {
        Path place =
            Files.createDirectories(
                folder.resolve("org/pmf4j").resolve(artifact.name).resolve(Build.VERSION));
        String file = artifact.name + "-" + Build.VERSION;
        Files.copy(artifact.pom, place.resolve(file + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        if (artifact.jar.isPresent()) {
          Files.copy(
              artifact.jar.get(),
              place.resolve(file + ".jar"),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
