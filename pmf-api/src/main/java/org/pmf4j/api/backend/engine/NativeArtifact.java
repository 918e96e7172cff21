package org.pmf4j.api.backend.engine;

import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.pmf4j.api.error.PmfException;

/**
 * The artifact that brings an engine's native libraries to one system, {@code
 * pmf-natives-BACKEND-SYSTEM}: a backend's own artifact brings none, because resolvers know no
 * system. For backends of this project, which name it where it is missing. Immutable, so that any
 * number of threads may share it.
 *
 * @param backend the backend's name
 * @param system an operating system and a processor, such as {@code linux-x86_64}
 * @since API version 2
 */
public record NativeArtifact(String backend, String system) {
  private static final List<String> SYSTEMS =
      List.of("linux-x86_64", "linux-aarch64", "osx-aarch64", "win-x86_64");

  /** The artifact of a backend for the system that this process runs on. */
  public static NativeArtifact ofThisSystem(String backend) {
    return of(backend, System.getProperties());
  }

  static NativeArtifact of(String backend, Properties properties) {
    String os = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = properties.getProperty("os.arch", "");
    String name =
        os.startsWith("win") ? "win" : os.startsWith("mac") ? "osx" : os.replace(' ', '-');
    return new NativeArtifact(backend, name + "-" + (arch.equals("amd64") ? "x86_64" : arch));
  }

  /**
   * What to throw where the libraries are not on the class path.
   *
   * @param library what they are, in words
   * @param backendClass a class of the backend, whose jar knows the version
   * @return an exception of kind {@code ENVIRONMENT}, of one line that names the artifact to add,
   *     or the systems that there are artifacts for
   */
  public PmfException missing(String library, Class<?> backendClass) {
    String what =
        "the " + backend + " backend finds no native libraries of " + library + " for " + system;
    if (!SYSTEMS.contains(system)) {
      return PmfException.environment(
          what + ", and there are none: it runs on " + String.join(", ", SYSTEMS), null);
    }
    String version = backendClass.getPackage().getImplementationVersion();
    return PmfException.environment(
        what
            + " on the class path: add org.pmf4j:pmf-natives-"
            + backend
            + "-"
            + system
            + (version == null ? "" : ":pom:" + version)
            + "; nothing is downloaded",
        null);
  }
}
