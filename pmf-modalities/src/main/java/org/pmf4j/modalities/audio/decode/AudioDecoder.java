package org.pmf4j.modalities.audio.decode;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Measure;
import org.pmf4j.api.modality.Source;

/**
 * Opens audio of any known format. A format is told by a file's first bytes, never by its name. Has
 * no state: any thread may call it.
 */
public final class AudioDecoder {
  /** What is read, for messages. */
  public static final String FORMATS = "WAV, FLAC, MP3, OGG Vorbis";

  /** The lowest sampling rate that is taken for real, in Hz. */
  public static final int LOWEST_RATE = 1_000;

  /** The highest sampling rate that is taken for real, in Hz. */
  public static final int HIGHEST_RATE = 384_000;

  /** The most channels that are taken for real. */
  public static final int MOST_CHANNELS = 64;

  private AudioDecoder() {}

  /**
   * Opens a source; the caller closes it.
   *
   * @throws PmfException naming the source, if it is missing, empty, no audio, or of a kind that is
   *     not supported
   */
  public static Sound open(Source source) {
    String name = source.describe();
    InputStream bytes = new BufferedInputStream(bytes(source), 1 << 16);
    try {
      Sound sound = sound(name, bytes);
      check(sound);
      return sound;
    } catch (IOException | RuntimeException e) {
      try {
        bytes.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw refusal(name, e);
    }
  }

  /**
   * Looks at a source's header alone: whether it is there, of a kind that is read, and of a
   * possible rate and number of channels.
   *
   * @throws PmfException as {@link #open}
   */
  public static void check(Source source) {
    try {
      open(source).close();
    } catch (IOException e) {
      throw refusal(source.describe(), e);
    }
  }

  /**
   * The seconds of a sound, where its header tells them, and its sampling rate.
   *
   * @throws PmfException as {@link #open}
   */
  public static List<Measure> measures(Source source) {
    try (Sound sound = open(source)) {
      List<Measure> found = new ArrayList<>();
      sound
          .frames()
          .ifPresent(f -> found.add(new Measure("length", "seconds", (double) f / sound.rate())));
      found.add(new Measure("sampling rate", "Hz", sound.rate()));
      return found;
    } catch (IOException e) {
      throw refusal(source.describe(), e);
    }
  }

  /** One line about what went wrong while a source was opened or read. */
  public static PmfException refusal(String name, Exception e) {
    if (e instanceof PmfException told) {
      return told;
    }
    if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
      return PmfException.environment(name + ": interrupted while the audio was read", e);
    }
    if (e instanceof BadAudioException) {
      return PmfException.input(name + ": " + e.getMessage(), e);
    }
    return PmfException.input(
        name + ": the audio is damaged or truncated" + reason(e) + "; replace the file", e);
  }

  /** Names and versions of the codecs, which may change with a release. */
  public static String versions() {
    return "WAV 2, FLAC "
        + Codec.FLAC.version()
        + ", MP3 frames 2, "
        + Codec.MP3.version()
        + ", Vorbis "
        + Codec.VORBIS.version();
  }

  private static InputStream bytes(Source source) {
    if (source instanceof Source.Bytes b) {
      return new ByteArrayInputStream(b.bytes());
    }
    if (source instanceof Source.File f) {
      return bytes(f.path());
    }
    throw PmfException.input(source.describe() + ": audio is a file, not a text");
  }

  private static InputStream bytes(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        throw PmfException.input(path + ": is a folder, not an audio file");
      }
      if (!attributes.isRegularFile()) {
        // A pipe may never give anything, and a device never end.
        throw PmfException.input(
            path + ": is a pipe or a device, not an audio file; save the sound to a file");
      }
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw PmfException.input(path + ": there is no such audio file", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
  }

  private static Sound sound(String name, InputStream bytes) throws IOException {
    if (Bytes.peek(bytes, 1).length == 0) {
      throw new BadAudioException("the audio is empty (0 bytes)");
    }
    Tags.skipAll(bytes);
    byte[] start = Bytes.peek(bytes, 32);
    if (start.length == 0) {
      throw new BadAudioException("the audio has tags and nothing else; replace the file");
    }
    if (WavHeader.isAt(start)) {
      return WavSound.open(bytes);
    }
    if (Bytes.isAt(start, 0, "fLaC")) {
      Codec.FLAC.require(name);
      return FlacSound.open(bytes);
    }
    if (Bytes.isAt(start, 0, "OggS")) {
      Codec.VORBIS.require(name);
      return VorbisSound.open(bytes);
    }
    if (Mp3Header.find(start).isPresent()) {
      Optional<Mp3Frames> frames = Mp3Frames.open(bytes);
      if (frames.isPresent()) {
        Codec.MP3.require(name);
        return Mp3Sound.open(bytes, frames.get());
      }
    }
    throw OtherFormats.refusal(start);
  }

  private static void check(Sound sound) throws BadAudioException {
    if (sound.channels() < 1 || sound.channels() > MOST_CHANNELS) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the header tells of %d channels; 1 to %d are possible",
              sound.channels(),
              MOST_CHANNELS));
    }
    if (sound.rate() < LOWEST_RATE || sound.rate() > HIGHEST_RATE) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the header tells of a sampling rate of %s Hz; %d to %d Hz are possible",
              Integer.toUnsignedString(sound.rate()),
              LOWEST_RATE,
              HIGHEST_RATE));
    }
  }

  /** What a codec says by an IOException is meant for people; its other exceptions are not. */
  private static String reason(Exception e) {
    if (!(e instanceof IOException)) {
      return "";
    }
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return message == null ? "" : message.lines().findFirst().map(m -> " (" + m + ")").orElse("");
  }
}
