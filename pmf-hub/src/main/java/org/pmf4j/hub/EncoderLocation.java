package org.pmf4j.hub;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Where an encoder is, as users name it: by a directory, or by a model of the hub that is in the
 * cache, {@code hf:org/name@revision}, or a folder of it, {@code hf:org/name@revision//folder}.
 * Nothing is ever fetched for a name. Has no state: any thread may call it.
 */
public final class EncoderLocation {
  private EncoderLocation() {}

  /**
   * The directory of an encoder, by the cache that the environment names.
   *
   * @param location a directory, or {@code hf:org/name} or {@code hf:org/name@revision}, either
   *     with {@code //folder} behind it or not
   * @throws PmfException if it is neither, or the cache has not all of the model's files, with the
   *     command that fetches them
   */
  public static Path directory(String location) {
    return HubModel.isName(location)
        ? snapshot(HubModel.parse(location), HubEnvironment.ofProcess().cache())
        : path(location);
  }

  private static Path path(String location) {
    try {
      return Path.of(location);
    } catch (InvalidPathException e) {
      throw PmfException.usage(Quote.value(location) + " is no path");
    }
  }

  /**
   * The folder of a model's files.
   *
   * @throws PmfException if the cache has not all that an encoder needs, with the command that
   *     fetches them
   */
  public static Path snapshot(HubModel model, HubCache cache) {
    Optional<Path> found = cache.find(model);
    if (found.isEmpty()) {
      throw missing(model, "is not in the cache " + cache.root());
    }
    NeededFiles.missing(found.get())
        .ifPresent(
            file -> {
              throw missing(model, "is in the cache " + cache.root() + " without " + file);
            });
    return found.get();
  }

  private static PmfException missing(HubModel model, String what) {
    return PmfException.input(
        HubModel.PREFIX + model + ": " + what + "; fetch it with: pmf fetch " + model);
  }
}
