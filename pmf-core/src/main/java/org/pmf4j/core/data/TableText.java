package org.pmf4j.core.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/**
 * The text of a table, in a file or a stream: UTF-8, with or without a byte order mark, or what is
 * asked for; other things are refused by their names.
 */
final class TableText {
  private static final int START = 64;
  private static final int BUFFER = 1 << 16;
  private static final String UTF_16 = "in UTF-16";
  private static final Map<String, String> SIGNATURES = signatures();

  private final String shown;
  private final String name;
  private final Path file;
  private final BufferedInputStream once;

  private TableText(String shown, String name, Path file, BufferedInputStream once) {
    this.shown = shown;
    this.name = name;
    this.file = file;
    this.once = once;
  }

  /** The text of a file; what ends in {@code .gz} is decompressed. */
  static TableText of(Path file) {
    return new TableText(file.toString(), name(file), file, null);
  }

  /**
   * The text of a stream, which can be opened once; what gzip compressed is decompressed.
   *
   * @param shown for messages
   * @throws PmfException if it cannot be read
   */
  static TableText of(InputStream stream, String shown) {
    BufferedInputStream in = new BufferedInputStream(stream, BUFFER);
    TableText text = new TableText(shown, "", null, in);
    try {
      in.mark(2);
      byte[] start = in.readNBytes(2);
      in.reset();
      boolean compressed = start.length == 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
      return compressed
          ? new TableText(
              shown, "", null, new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER))
          : text;
    } catch (IOException e) {
      throw text.failed(StandardCharsets.UTF_8, e);
    }
  }

  /**
   * Whether a stream that is not opened yet begins as JSON does, by an object or a list.
   *
   * @throws PmfException if it cannot be read
   */
  boolean beginsAsJson() {
    once.mark(START);
    try {
      String start = new String(once.readNBytes(START), StandardCharsets.UTF_8);
      once.reset();
      String plain = start.replace("\uFEFF", "").strip();
      return plain.startsWith("{") || plain.startsWith("[");
    } catch (IOException e) {
      throw failed(StandardCharsets.UTF_8, e);
    }
  }

  private static Map<String, String> signatures() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("PAR1", "a Parquet file (its name must end in .parquet)");
    m.put("ARROW1", "an Arrow file; save it as Parquet, which is read");
    m.put("FEA1", "a Feather file; save it as Parquet, which is read");
    m.put("PK\u0003\u0004", "a zip file (a spreadsheet such as .xlsx is one)");
    m.put("\u00D0\u00CF\u0011\u00E0", "an old Office file, such as .xls");
    m.put("Obj\u0001", "an Avro file");
    m.put("ORC", "an ORC file");
    m.put("\u0093NUMPY", "an array of NumPy");
    m.put("\u0080\u0002", "a pickle of Python");
    m.put("\u0080\u0003", "a pickle of Python");
    m.put("\u0080\u0004", "a pickle of Python");
    m.put("\u0080\u0005", "a pickle of Python");
    m.put("\u0089HDF", "an HDF5 file");
    m.put("%PDF", "a PDF document");
    m.put("\u001F\u008B", "compressed by gzip (its name must end in .gz)");
    m.put("(\u00B5/\u00FD", "compressed by zstd");
    m.put("BZh", "compressed by bzip2");
    m.put("\u00FD7zXZ", "compressed by xz");
    m.put("SQLite format 3", "an SQLite database");
    m.put("version https://git-lfs", "a git-lfs pointer (fetch the file by 'git lfs pull')");
    m.put("\u0000\u0000\u00FE\u00FF", "in UTF-32");
    m.put("\u00FF\u00FE\u0000\u0000", "in UTF-32");
    m.put("\u00FE\u00FF", UTF_16);
    m.put("\u00FF\u00FE", UTF_16);
    return m;
  }

  /**
   * Refuses what is no file.
   *
   * @throws PmfException naming it
   */
  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw PmfException.input(
          file + (Files.exists(file) ? ": is no file that holds a table" : ": no such file"));
    }
  }

  /** The file's name in lower case, without the ending of its compression; of a stream nothing. */
  String name() {
    return name;
  }

  private static String name(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".gz") ? name.substring(0, name.length() - ".gz".length()) : name;
  }

  /**
   * Opens the text behind its byte order mark.
   *
   * @throws PmfException naming the file: there is none, it cannot be read, or is known as
   *     something else than such a text
   */
  Reader open(Charset charset) {
    if (file != null) {
      requireFile(file);
    }
    try {
      InputStream in = bytes();
      try {
        PushbackInputStream text = new PushbackInputStream(in, START);
        byte[] start = text.readNBytes(START);
        requireText(start, charset);
        int mark = Arrays.equals(Arrays.copyOf(start, 3), new byte[] {-17, -69, -65}) ? 3 : 0;
        text.unread(start, mark, start.length - mark);
        return new BufferedReader(reader(text, charset), BUFFER);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(charset, e);
    }
  }

  private InputStream bytes() throws IOException {
    if (file == null) {
      return once;
    }
    InputStream in = Files.newInputStream(file);
    if (!isCompressed()) {
      return in;
    }
    try {
      return new GZIPInputStream(new BufferedInputStream(in, BUFFER), BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private boolean isCompressed() {
    return file == null
        || String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  private static InputStreamReader reader(InputStream text, Charset charset) {
    return new InputStreamReader(
        text,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private void requireText(byte[] start, Charset charset) {
    String begins = new String(start, StandardCharsets.ISO_8859_1);
    boolean wide = charset.equals(StandardCharsets.UTF_16);
    for (Map.Entry<String, String> known : SIGNATURES.entrySet()) {
      if (begins.startsWith(known.getKey())) {
        if (wide && known.getValue().equals(UTF_16)) {
          return;
        }
        throw notText(known.getValue());
      }
    }
    if (wide) {
      throw PmfException.input(
          shown + ": does not begin with the byte order mark of UTF-16; save the table in UTF-8");
    }
    // Two bytes a character: every other one is 0 in what is mostly English.
    if (start.length >= 4 && (begins.indexOf(0) == 0 || begins.indexOf(0) == 1)) {
      if (begins.charAt(2) == 0 || begins.charAt(3) == 0) {
        throw notText("in UTF-16 without a byte order mark");
      }
    }
  }

  private PmfException notText(String what) {
    String advice =
        what.equals(UTF_16)
            ? "; a CSV table is read by --csv encoding=utf-16, all others are saved"
            : ", not a table; save it as CSV or JSON lines,";
    return PmfException.input(shown + ": is " + what + advice + " in UTF-8");
  }

  /**
   * What went wrong while reading.
   *
   * @return names the line of the first bytes that are none of the charset's, or the system's
   *     reason
   */
  PmfException failed(Charset charset, IOException cause) {
    if (cause instanceof CharacterCodingException) {
      boolean usual = charset.equals(StandardCharsets.UTF_8);
      return PmfException.input(
          shown
              + invalidLine(charset)
              + ": not valid "
              + (usual ? "UTF-8" : charset.name().toLowerCase(Locale.ROOT))
              + "; save the table in UTF-8"
              + (usual ? ", or name a CSV's encoding, such as --csv encoding=windows-1252" : ""),
          cause);
    }
    if (isCompressed() && (cause instanceof ZipException || cause instanceof EOFException)) {
      return PmfException.input(
          shown + ": cannot be decompressed: it is no gzip file, damaged, or cut off", cause);
    }
    return FileErrors.cannotRead(file == null ? Path.of(shown) : file, cause);
  }

  private String invalidLine(Charset charset) {
    if (file == null || charset.equals(StandardCharsets.UTF_16)) {
      return "";
    }
    long line = 1;
    try (InputStream in = new BufferedInputStream(bytes(), BUFFER)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int b;
      do {
        b = in.read();
        if (b == '\n' || b < 0) {
          charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
          bytes.reset();
          line++;
        } else {
          bytes.write(b);
        }
      } while (b >= 0);
    } catch (CharacterCodingException e) {
      return " line " + line;
    } catch (IOException e) {
      return ""; // It changed meanwhile: the line is not told
    }
    return "";
  }

  @Override
  public String toString() {
    return shown;
  }
}
