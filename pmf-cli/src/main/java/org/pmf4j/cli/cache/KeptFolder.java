package org.pmf4j.cli.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.natives.UnpackedLibraries;
import org.pmf4j.core.file.FolderSize;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.hub.HubEnvironment;

/**
 * A folder that is written to without being named. Immutable, so that any number of threads may
 * share it.
 *
 * @param subject what is kept in it
 * @param path where it is; it need not be there
 * @param variable of the environment that puts it elsewhere; null if there is none
 */
public record KeptFolder(String subject, Path path, String variable) {

  /** Trunk outputs, where no --cache is given. */
  public static Path trunks() {
    return CacheConfig.DEFAULT.root().orElseThrow();
  }

  /** All of them. */
  public static List<KeptFolder> all() {
    List<KeptFolder> all = new ArrayList<>();
    all.add(new KeptFolder("trunk cache", trunks(), "PMF_CACHE"));
    all.addAll(others());
    return List.copyOf(all);
  }

  /** All but that of trunk outputs. */
  static List<KeptFolder> others() {
    Path home = Path.of(System.getProperty("user.home"));
    return List.of(
        new KeptFolder("models of the hub", HubEnvironment.ofProcess().cache().root(), "HF_HOME"),
        new KeptFolder("libraries of PyTorch", home.resolve(".djl.ai"), "DJL_CACHE_DIR"),
        new KeptFolder("libraries of TensorFlow", home.resolve(".javacpp"), null),
        new KeptFolder("libraries of ONNX Runtime", natives(), "XDG_CACHE_HOME"),
        new KeptFolder("archives that starts go by", archives(home), "XDG_CACHE_HOME"));
  }

  private static Path natives() {
    return UnpackedLibraries.ofUser().root();
  }

  /** As the launcher finds it. */
  private static Path archives(Path home) {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches = xdg == null || xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return caches.resolve("pmf").resolve("start");
  }

  /** True if it has been made. */
  public boolean exists() {
    return Files.isDirectory(path);
  }

  /** Bytes of all files in it. */
  public long bytes() {
    return FolderSize.of(path);
  }
}
