package org.pmf4j.hub.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of a model.
 *
 * @param content its bytes
 * @param large true if it is in git-lfs, so that a CDN has it
 */
public record HubFile(byte[] content, boolean large) {

  /** A file that the hub itself has. */
  public static HubFile small(String content) {
    return new HubFile(content.getBytes(StandardCharsets.UTF_8), false);
  }

  /** A file that the CDN has. */
  public static HubFile large(byte[] content) {
    return new HubFile(content, true);
  }

  /** The hash that the hub tells: SHA-256, or git's of a blob. */
  public String etag() {
    return large ? sha256() : oid();
  }

  String sha256() {
    return HexFormat.of().formatHex(digest("SHA-256").digest(content));
  }

  String oid() {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
    blob.writeBytes(content);
    return HexFormat.of().formatHex(digest("SHA-1").digest(blob.toByteArray()));
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
