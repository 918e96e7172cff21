package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.pmf4j.api.file.FileErrors;

/**
 * The hash that the hub names a file by: SHA-256 of files in git-lfs, and for others git's own
 * SHA-1 over the word {@code blob}, the size and the content. Has no state: any thread may call it.
 */
enum ContentHash {
  /** Of files in git-lfs. */
  SHA_256("SHA-256"),
  /** Of files in git. */
  GIT_BLOB("SHA-1");

  private static final int SHA_1_DIGITS = 40;
  private static final int BUFFER = 1 << 16;

  private final String algorithm;

  ContentHash(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The kind of a hash, told by its length. */
  static ContentHash kindOf(String etag) {
    return etag.length() == SHA_1_DIGITS ? GIT_BLOB : SHA_256;
  }

  /** What messages call it. */
  String title() {
    return algorithm;
  }

  /**
   * The hash of a file as hexadecimal digits.
   *
   * @throws org.pmf4j.api.error.PmfException if it cannot be read, or the work should stop
   */
  String of(Path file, Waits waits) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = digest();
      if (this == GIT_BLOB) {
        digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
      }
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        waits.check();
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
