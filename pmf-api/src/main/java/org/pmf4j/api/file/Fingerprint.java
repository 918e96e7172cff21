package org.pmf4j.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.pmf4j.api.error.PmfException;

/**
 * SHA-256, in 64 lower-case hexadecimal digits, by which files and settings are known again. Has no
 * state: any thread may call it.
 *
 * @since API version 2
 */
public final class Fingerprint {
  private static final int CHUNK = 1 << 20;

  private Fingerprint() {}

  /**
   * The fingerprint of some files.
   *
   * @see #of(Collection)
   */
  public static String of(Path... files) {
    return of(List.of(files));
  }

  /**
   * The fingerprint of some files, whatever their order and folder. For one file it is what {@code
   * sha256sum} prints; for several, sorted by file name, it is the SHA-256 of all that it prints in
   * their folder: {@code LC_ALL=C sha256sum a b | sha256sum}.
   *
   * @param files at least one, of different names
   * @throws PmfException naming the file that cannot be read
   */
  public static String of(Collection<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no files");
    }
    if (files.size() == 1) {
      return ofFile(files.iterator().next());
    }
    MessageDigest all = sha256();
    files.stream()
        .sorted(Comparator.comparing(f -> f.getFileName().toString()))
        .map(f -> ofFile(f) + "  " + f.getFileName() + "\n")
        .forEach(line -> all.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(all.digest());
  }

  /**
   * The fingerprint of texts that something depends on, such as the settings of a preprocessor; two
   * lists of them have the same only if they are equal.
   *
   * @param parts in an order that stays
   */
  public static String ofParts(String... parts) {
    MessageDigest all = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      all.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
      all.update(bytes);
    }
    return HexFormat.of().formatHex(all.digest());
  }

  private static String ofFile(Path file) {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
