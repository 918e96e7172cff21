package org.pmf4j.modalities.audio.decode;

import java.util.List;
import java.util.Optional;

/** Formats that people hand over and that are not read, told by their first bytes. */
final class OtherFormats {
  private static final List<Format> KNOWN =
      List.of(
          new Format("AIFF", 0, "FORM"),
          new Format("AU", 0, ".snd"),
          new Format("AU", 0, "dns."),
          new Format("CAF", 0, "caff"),
          new Format("Sony W64", 0, "riff"),
          new Format("VOC", 0, "Creative Voice File"),
          new Format("NIST SPHERE", 0, "NIST_1A"),
          new Format("M4A or MP4 (AAC, ALAC)", 4, "ftyp"),
          new Format("AMR", 0, "#!AMR"),
          new Format("SILK", 0, "#!SILK"),
          new Format("SILK", 1, "#!SILK"),
          new Format("WMA", 0, "0&\u00B2u\u008Ef\u00CF\u0011"),
          new Format("WebM or Matroska", 0, "\u001AE\u00DF\u00A3"),
          new Format("AVI", 8, "AVI "),
          new Format("Flash video", 0, "FLV"),
          new Format("Monkey's Audio", 0, "MAC "),
          new Format("WavPack", 0, "wvpk"),
          new Format("True Audio", 0, "TTA"),
          new Format("Musepack", 0, "MPCK"),
          new Format("Musepack", 0, "MP+"),
          new Format("DSD", 0, "DSD "),
          new Format("DSD", 0, "FRM8"),
          new Format("AAC", 0, "ADIF"),
          new Format("MIDI", 0, "MThd"));

  private OtherFormats() {}

  /** Latin-1 letters that stand somewhere. */
  private record Format(String name, int at, String letters) {
    boolean begins(byte[] start) {
      return Bytes.isAt(start, at, letters);
    }
  }

  /** Why a file that begins so is refused. */
  static BadAudioException refusal(byte[] start) {
    if (Bytes.isAt(start, 0, "version https://git-lfs")) {
      return new BadAudioException(
          "is a pointer of git-lfs, not the audio itself; fetch it with git lfs pull");
    }
    return name(start)
        .map(
            name ->
                new BadAudioException(
                    name + " is not supported; convert it to WAV or FLAC, for example with FFmpeg"))
        .orElseGet(
            () ->
                new BadAudioException(
                    "is not audio in a known format (" + AudioDecoder.FORMATS + ")"));
  }

  private static Optional<String> name(byte[] start) {
    // AAC in ADTS frames: 12 bits that are set, then layer 0
    if (start.length > 1 && start[0] == (byte) 0xFF && (start[1] & 0xF6) == 0xF0) {
      return Optional.of("AAC");
    }
    return KNOWN.stream().filter(f -> f.begins(start)).map(Format::name).findFirst();
  }
}
