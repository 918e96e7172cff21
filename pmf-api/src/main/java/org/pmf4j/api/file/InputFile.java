package org.pmf4j.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/**
 * Reads files that people hand over. Nothing but a regular file is read, and none that is larger
 * than its kind can be, so that neither a device nor a mistake fills the memory. Has no state: any
 * thread may call it.
 */
public final class InputFile {
  /** How much of a file tells what stands in its place. */
  private static final int BEGINNING = 256;

  private static final int MEGABYTE = 1 << 20;

  /** How the pointers of git-lfs begin, in its first release, before that, and today. */
  private static final List<String> POINTERS =
      List.of(
          "version https://git-lfs.github.com/spec/",
          "version https://hawser.github.com/spec/",
          "version http://git-media.io/v/");

  private static final List<String> WEB_PAGES = List.of("<!doctype html", "<html", "<head");

  private InputFile() {}

  /**
   * Reads a file whole.
   *
   * @param most the bytes that a file of this kind may have
   * @throws PmfException in one line, if there is no such file, if it cannot be read or is larger,
   *     or if something else stands in its place
   */
  public static byte[] bytes(Path file, long most) {
    requireRegular(file);
    try (InputStream in = Files.newInputStream(file)) {
      int limit = (int) Math.min(most, Integer.MAX_VALUE - 9L);
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: is larger than %d MB, more than such a file can have; is it the right file?",
                file,
                most / MEGABYTE));
      }
      refuseStandIn(file, ByteBuffer.wrap(bytes));
      return bytes;
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * Reads a text in UTF-8; a byte order mark at its beginning is left out.
   *
   * @throws PmfException as {@link #bytes} does, and if it is not UTF-8
   */
  public static String text(Path file, long most) {
    return text(file, bytes(file, most));
  }

  /**
   * The text that a file's bytes are in UTF-8; a byte order mark at its beginning is left out.
   *
   * @param file for messages
   * @throws PmfException if they are not UTF-8
   */
  public static String text(Path file, byte[] bytes) {
    if (isUtf16(bytes)) {
      throw PmfException.input(file + ": is in UTF-16; save it in UTF-8");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw PmfException.input(file + ": is not UTF-8", e);
    }
  }

  /** By its byte order mark, or by a zero beside the first character, as of most languages. */
  private static boolean isUtf16(byte[] bytes) {
    if (bytes.length < 2) {
      return false;
    }
    int first = Byte.toUnsignedInt(bytes[0]);
    int second = Byte.toUnsignedInt(bytes[1]);
    boolean marked = first == 0xFE && second == 0xFF || first == 0xFF && second == 0xFE;
    return marked || (first == 0) != (second == 0);
  }

  /**
   * Refuses what is no regular file.
   *
   * @throws PmfException saying what is there instead
   */
  public static void requireRegular(Path file) {
    if (Files.isRegularFile(file)) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw PmfException.input(file + ": is a folder, not a file");
    }
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      throw PmfException.input(
          file + ": is a link to a file that is not there; copy the files, not the links to them");
    }
    throw PmfException.input(file + (Files.exists(file) ? ": is no regular file" : ": missing"));
  }

  /**
   * Refuses a pointer of git-lfs and a web page, by what a file of another format begins with.
   *
   * @param file for the message
   * @param content the file's bytes, or its first 256 and more; its position is left as it is
   */
  public static void refuseStandIn(Path file, ByteBuffer content) {
    byte[] bytes = new byte[Math.min(BEGINNING, content.remaining())];
    content.duplicate().get(bytes);
    String beginning = new String(bytes, StandardCharsets.ISO_8859_1);
    if (POINTERS.stream().anyMatch(beginning::startsWith)) {
      throw PmfException.input(
          file + ": this is a git-lfs pointer, not the file; fetch it with 'git lfs pull'");
    }
    String plain = beginning.strip().toLowerCase(Locale.ROOT);
    if (WEB_PAGES.stream().anyMatch(plain::startsWith)) {
      throw PmfException.input(
          file + ": this is a web page, not the file; the download went wrong, fetch it again");
    }
  }

  private static PmfException cannotRead(Path file, IOException cause) {
    String reason =
        cause instanceof AccessDeniedException
            ? "no permission to read it"
            : "the disk reports an error";
    return PmfException.input(file + ": cannot be read: " + reason, cause);
  }
}
