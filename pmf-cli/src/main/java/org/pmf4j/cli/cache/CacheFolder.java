package org.pmf4j.cli.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.trunk.TrunkCache;
import org.pmf4j.core.trunk.TrunkCaches;
import picocli.CommandLine.Option;

/** {@code --cache}: below which folder caches are looked for. For one thread at a time. */
final class CacheFolder {
  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "folder to look in, at any depth (default: $PMF_CACHE, else ~/.cache/pmf)")
  private Path folder;

  /** Caches in it; none where the usual folder is not made yet. */
  List<TrunkCache> caches() {
    if (folder != null && !Files.isDirectory(folder)) {
      throw PmfException.usage(
          folder + (Files.exists(folder) ? ": is no folder" : ": there is no such folder"));
    }
    return TrunkCaches.below(path());
  }

  Path path() {
    return folder == null ? KeptFolder.trunks() : folder;
  }
}
