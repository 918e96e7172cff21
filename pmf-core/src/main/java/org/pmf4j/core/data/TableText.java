package org.pmf4j.core.data;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/** Opens a table's text: UTF-8, with or without a byte order mark; other things by their names. */
final class TableText {
  private static final int START = 64;
  private static final int BUFFER = 1 << 16;
  private static final Map<String, String> SIGNATURES = signatures();

  private TableText() {}

  private static Map<String, String> signatures() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("PAR1", "a Parquet file");
    m.put("ARROW1", "an Arrow file");
    m.put("PK\u0003\u0004", "a zip file (a spreadsheet such as .xlsx is one)");
    m.put("\u00D0\u00CF\u0011\u00E0", "an old Office file, such as .xls");
    m.put("\u001F\u008B", "compressed by gzip");
    m.put("(\u00B5/\u00FD", "compressed by zstd");
    m.put("BZh", "compressed by bzip2");
    m.put("\u00FD7zXZ", "compressed by xz");
    m.put("SQLite format 3", "an SQLite database");
    m.put("version https://git-lfs", "a git-lfs pointer (fetch the file by 'git lfs pull')");
    m.put("\u0000\u0000\u00FE\u00FF", "in UTF-32");
    m.put("\u00FF\u00FE\u0000\u0000", "in UTF-32");
    m.put("\u00FE\u00FF", "in UTF-16");
    m.put("\u00FF\u00FE", "in UTF-16");
    return m;
  }

  /**
   * Opens a table behind its byte order mark.
   *
   * @throws PmfException naming the file: there is none, it cannot be read, or is known as
   *     something else than a text in UTF-8
   */
  static Reader open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw PmfException.input(
          file + (Files.exists(file) ? ": is no file that holds a table" : ": no such file"));
    }
    try {
      InputStream in = Files.newInputStream(file);
      try {
        PushbackInputStream text = new PushbackInputStream(in, START);
        byte[] start = text.readNBytes(START);
        requireText(file, start);
        int mark = Arrays.equals(Arrays.copyOf(start, 3), new byte[] {-17, -69, -65}) ? 3 : 0;
        text.unread(start, mark, start.length - mark);
        return new BufferedReader(
            new InputStreamReader(
                text,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            BUFFER);
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private static void requireText(Path file, byte[] start) {
    String begins = new String(start, StandardCharsets.ISO_8859_1);
    SIGNATURES.forEach(
        (signature, what) -> {
          if (begins.startsWith(signature)) {
            throw notText(file, what);
          }
        });
    // Two bytes a character: every other one is 0 in what is mostly English.
    if (start.length >= 4 && (begins.indexOf(0) == 0 || begins.indexOf(0) == 1)) {
      if (begins.charAt(2) == 0 || begins.charAt(3) == 0) {
        throw notText(file, "in UTF-16");
      }
    }
  }

  private static PmfException notText(Path file, String what) {
    return PmfException.input(
        file + ": is " + what + ", not a table; save it as CSV or JSON lines, in UTF-8");
  }

  /**
   * What went wrong while reading.
   *
   * @return names the line of the first bytes that are not UTF-8, or the system's reason
   */
  static PmfException failed(Path file, IOException cause) {
    if (cause instanceof CharacterCodingException) {
      return PmfException.input(
          file + invalidLine(file) + ": not valid UTF-8; save the table in UTF-8", cause);
    }
    return FileErrors.cannotRead(file, cause);
  }

  private static String invalidLine(Path file) {
    long line = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      int b;
      do {
        b = in.read();
        if (b == '\n' || b < 0) {
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
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
}
