package org.pmf4j.core.encoder;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Encoder directories, each opened once: the encoders of a run may be halves of one model, whose
 * files are hashed once then. For one thread at a time.
 */
public final class EncoderDirectories {
  private final Map<Path, EncoderDirectory> opened = new LinkedHashMap<>();

  /**
   * A directory, opened when it is first asked for.
   *
   * @throws org.pmf4j.api.error.PmfException as {@link EncoderDirectory#open} does
   */
  public EncoderDirectory get(Path path) {
    return opened.computeIfAbsent(path, EncoderDirectory::open);
  }
}
