package org.pmf4j.modalities.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.stream.ImageInputStream;

/** What a file is, by its first bytes: never by its name. */
enum PictureFormat {
  PNG("PNG"),
  JPEG("JPEG"),
  GIF("GIF"),
  TIFF("TIFF"),
  BMP("BMP"),
  WEBP("WebP");

  /** How many bytes tell it. */
  private static final int PREFIX = 512;

  /** Of an MPEG transport stream, in bytes. */
  private static final int PACKET = 188;

  private record Sign(int at, String bytes, String name) {
    boolean fits(byte[] head) {
      byte[] sign = bytes.getBytes(StandardCharsets.ISO_8859_1);
      return head.length >= at + sign.length
          && Arrays.equals(head, at, at + sign.length, sign, 0, sign.length);
    }
  }

  private static final List<Sign> READ =
      List.of(
          new Sign(0, "\u0089PNG\r\n\u001a\n", "PNG"),
          new Sign(0, "\u00ff\u00d8\u00ff", "JPEG"),
          new Sign(0, "GIF87a", "GIF"),
          new Sign(0, "GIF89a", "GIF"),
          new Sign(0, "II*\0", "TIFF"),
          new Sign(0, "MM\0*", "TIFF"),
          new Sign(0, "II+\0", "TIFF"),
          new Sign(0, "MM\0+", "TIFF"),
          new Sign(0, "BM", "BMP"));

  private static final List<Sign> OTHERS =
      List.of(
          new Sign(4, "ftypavif", "AVIF"),
          new Sign(4, "ftypavis", "AVIF"),
          new Sign(4, "ftypheic", "HEIC"),
          new Sign(4, "ftypheix", "HEIC"),
          new Sign(4, "ftyphevc", "HEIC"),
          new Sign(4, "ftyphevx", "HEIC"),
          new Sign(4, "ftypmif1", "HEIF"),
          new Sign(4, "ftypmsf1", "HEIF"),
          new Sign(4, "ftypcrx ", "a camera's raw file (CR3)"),
          new Sign(4, "ftyp", "a video (MP4 or QuickTime)"),
          new Sign(0, "\u001aE\u00df\u00a3", "a video (WebM or Matroska)"),
          new Sign(0, "\0\0\0\u000cjP  \r\n", "JPEG 2000"),
          new Sign(0, "\u00ffO\u00ffQ", "JPEG 2000"),
          new Sign(0, "\0\0\0\u000cJXL ", "JPEG XL"),
          new Sign(0, "\u00ff\n", "JPEG XL"),
          new Sign(0, "8BPS", "PSD"),
          new Sign(0, "%PDF", "PDF"),
          new Sign(0, "%!PS", "PostScript"),
          new Sign(0, "\u00c5\u00d0\u00d3\u00c6", "EPS"),
          new Sign(0, "\0\0\1\0", "ICO"),
          new Sign(0, "\0\0\2\0", "a cursor (CUR)"),
          new Sign(0, "icns", "ICNS"),
          new Sign(0, "DDS ", "DDS"),
          new Sign(0, "qoif", "QOI"),
          new Sign(0, "gimp xcf", "XCF"),
          new Sign(0, "v/1\1", "OpenEXR"),
          new Sign(0, "#?RADIANCE", "Radiance HDR"),
          new Sign(0, "FORM", "IFF"),
          new Sign(0, "AT&TFORM", "DjVu"),
          new Sign(0, "SIMPLE  =", "FITS"),
          new Sign(0, "\u0089HDF\r\n", "HDF5"),
          new Sign(0, "\u0093NUMPY", "a NumPy array"),
          new Sign(128, "DICM", "DICOM"),
          new Sign(0, "\u00d7\u00cd\u00c6\u009a", "WMF"),
          new Sign(0, "BPG\u00fb", "BPG"),
          new Sign(0, "PK\3\4", "a ZIP archive"),
          new Sign(0, "\u001f\u008b", "compressed by gzip"),
          new Sign(8, "AVI LIST", "a video (AVI)"),
          new Sign(4, "moov", "a video (QuickTime)"),
          new Sign(4, "mdat", "a video (QuickTime)"),
          new Sign(4, "wide", "a video (QuickTime)"),
          new Sign(0, "\0\0\1\u00ba", "a video (MPEG)"),
          new Sign(0, "\0\0\1\u00b3", "a video (MPEG)"),
          new Sign(0, "FLV\1", "a video (FLV)"),
          new Sign(0, "0&\u00b2u\u008ef\u00cf\u0011", "a video (WMV or ASF)"),
          new Sign(0, "RIFF", "a RIFF file such as WAV or AVI"),
          new Sign(0, "ID3", "MP3"),
          new Sign(0, "fLaC", "FLAC"),
          new Sign(0, "OggS", "Ogg"),
          new Sign(0, "P1\n", "PNM"),
          new Sign(0, "P2\n", "PNM"),
          new Sign(0, "P3\n", "PNM"),
          new Sign(0, "P4\n", "PNM"),
          new Sign(0, "P5\n", "PNM"),
          new Sign(0, "P6\n", "PNM"),
          new Sign(0, "P7\n", "PNM"),
          new Sign(0, "Pf\n", "PFM"),
          new Sign(0, "PF\n", "PFM"));

  private final String title;

  PictureFormat(String title) {
    this.title = title;
  }

  /** As people write it. */
  String title() {
    return title;
  }

  /**
   * The format of what a stream holds, which is put back to its beginning.
   *
   * @param subject what it should be, for messages
   * @throws Damaged for what is not read, named where it is known
   */
  static PictureFormat of(ImageInputStream in, Subject subject) throws IOException {
    if (in.length() == 0) {
      throw Damaged.unsupported("the " + subject.noun() + " is empty (0 bytes)");
    }
    byte[] head = new byte[(int) Math.min(PREFIX, in.length())];
    try {
      in.readFully(head);
    } catch (EOFException e) {
      throw Damaged.truncated();
    }
    in.seek(0);
    boolean webp = new Sign(0, "RIFF", "").fits(head) && new Sign(8, "WEBP", "").fits(head);
    String name = webp ? "WebP" : first(READ, head);
    for (PictureFormat format : values()) {
      if (format.title.equals(name)) {
        return format;
      }
    }
    throw stranger(head, subject);
  }

  /** What reads a header. */
  interface Parser<T> {
    T parse() throws IOException;
  }

  /** What a parser reads; a file that ends before it is through is truncated. */
  static <T> T parsed(Parser<T> parser) throws IOException {
    try {
      return parser.parse();
    } catch (EOFException e) {
      throw Damaged.truncated();
    }
  }

  private static Damaged stranger(byte[] head, Subject subject) {
    String what = other(head);
    if (what.equals("git-lfs")) {
      return Damaged.unsupported(
          "is a pointer of git-lfs, not the "
              + subject.noun()
              + " itself; fetch it with git lfs pull");
    }
    if (!what.isEmpty()) {
      return Damaged.unsupported("is " + what + ", which is not read; " + subject.advice());
    }
    if (Arrays.equals(head, new byte[head.length])) {
      return Damaged.unsupported("holds zeros, no " + subject.noun() + "; replace the file");
    }
    return Damaged.unsupported(
        "is not " + subject.one() + " in a known format (" + subject.formats() + ")");
  }

  private static String other(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    text = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    String lower = text.stripLeading().toLowerCase(Locale.ROOT);
    if (lower.startsWith("version https://git-lfs")) {
      return "git-lfs";
    }
    if (lower.startsWith("<svg") || lower.startsWith("<?xml") && lower.contains("<svg")) {
      return "SVG";
    }
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return "a web page (HTML)";
    }
    if (looksLikeTransportStream(head)) {
      return "a video (MPEG transport stream)";
    }
    return looksLikeTga(head) ? "TGA" : first(OTHERS, head);
  }

  /** Its packets begin alike. */
  private static boolean looksLikeTransportStream(byte[] head) {
    return head.length > 2 * PACKET
        && head[0] == 'G'
        && head[PACKET] == 'G'
        && head[2 * PACKET] == 'G';
  }

  /** TGA has no sign of its own; these fields have few values. */
  private static boolean looksLikeTga(byte[] head) {
    return head.length >= 18
        && head[1] >= 0
        && head[1] <= 1
        && List.of(1, 2, 3, 9, 10, 11).contains((int) head[2])
        && (head[1] == 1 || head[3] == 0 && head[4] == 0 && head[5] == 0 && head[6] == 0)
        && List.of(8, 15, 16, 24, 32).contains((int) head[16])
        && (head[17] & 0xC0) == 0;
  }

  private static String first(List<Sign> signs, byte[] head) {
    return signs.stream().filter(s -> s.fits(head)).map(Sign::name).findFirst().orElse("");
  }
}
