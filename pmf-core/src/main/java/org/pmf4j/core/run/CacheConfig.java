package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.trunk.CachedTrunks;
import org.pmf4j.core.trunk.EntryFiles;

/**
 * Whether and where trunk outputs are kept. Immutable, so that any number of threads may share it.
 *
 * @param root folder of all caches, or empty to keep none
 * @param storage how they are kept
 * @param content what is kept of a sample
 */
public record CacheConfig(
    Optional<Path> root, CachedTrunks.Storage storage, CachedTrunks.Content content) {
  /** Bit for bit, in the user's cache folder. */
  public static final CacheConfig DEFAULT =
      new CacheConfig(Optional.of(userFolder(System.getenv())), CachedTrunks.Storage.FP32);

  /** No cache. */
  public static final CacheConfig NONE =
      new CacheConfig(Optional.empty(), CachedTrunks.Storage.FP32);

  /** With all that saves work in a step. */
  public CacheConfig(Optional<Path> root, CachedTrunks.Storage storage) {
    this(root, storage, CachedTrunks.Content.ATTENTION);
  }

  /**
   * Trunks that are kept here.
   *
   * @param encoders which stay the caller's
   * @param fusionLayers by modality, number of last layers that are not trunk
   * @return what the caller closes
   * @throws java.util.NoSuchElementException without a cache
   */
  public CachedTrunks trunks(
      Backend backend, Named<LoadedEncoder> encoders, Named<Integer> fusionLayers) {
    return new CachedTrunks(backend, encoders, fusionLayers, root.orElseThrow(), storage, content);
  }

  /**
   * Trunks that are kept elsewhere.
   *
   * @param caches by the name of a cache, its entries
   * @return what the caller closes
   */
  CachedTrunks trunks(
      Backend backend,
      Named<LoadedEncoder> encoders,
      Named<Integer> fusionLayers,
      Function<String, EntryFiles> caches) {
    return new CachedTrunks(backend, encoders, fusionLayers, caches, storage, content);
  }

  /** {@code $PMF_CACHE}, else {@code $XDG_CACHE_HOME/pmf}, else {@code ~/.cache/pmf}. */
  static Path userFolder(Map<String, String> environment) {
    String own = environment.get("PMF_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    String xdg = environment.get("XDG_CACHE_HOME");
    boolean set = xdg != null && !xdg.isBlank();
    Path caches = set ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("pmf");
  }
}
