package org.pmf4j.modalities.audio.decode;

import java.util.Optional;
import org.pmf4j.api.error.PmfException;

/**
 * A library that decodes one format. Each is a jar of its own under the GNU LGPL, and may be left
 * out by who passes this project on: then its format is refused, and everything else works.
 */
enum Codec {
  FLAC("FLAC", "org.jflac.FLACDecoder", "org.jflac:jflac-codec"),
  MP3("MP3", "javazoom.jl.decoder.MP3Decoder", "com.badlogicgames.jlayer:jlayer"),
  VORBIS("Ogg Vorbis", "com.jcraft.jorbis.Info", "org.jcraft:jorbis");

  private final String format;
  private final String artifact;
  private final Optional<Class<?>> library;

  Codec(String format, String entry, String artifact) {
    this.format = format;
    this.artifact = artifact;
    this.library = find(entry);
  }

  private static Optional<Class<?>> find(String entry) {
    try {
      return Optional.of(Class.forName(entry, false, Codec.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Sees that the library is there.
   *
   * @param source the name of what is to be read
   * @throws PmfException naming the artifact to add
   */
  void require(String source) {
    if (library.isEmpty()) {
      throw PmfException.environment(
          source
              + ": "
              + format
              + " is not read here: "
              + artifact
              + ", which decodes it, is not on the class path; add it, or convert the sound to WAV",
          null);
    }
  }

  /** The name of the jar, which carries the version; none of the codecs says it otherwise. */
  String version() {
    return library
        .flatMap(found -> Optional.ofNullable(found.getProtectionDomain().getCodeSource()))
        .map(source -> source.getLocation().getPath().replaceAll("[!/]+$", ""))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .orElse("");
  }
}
