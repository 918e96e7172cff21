package org.pmf4j.core.trunk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/** Trunk outputs of one encoder, cut at one layer, each under the hash of the sample's content. */
final class TrunkStore {
  private final EntryFiles files;
  private final String identity;
  private final TrunkEntry.Precision precision;

  /**
   * A store.
   *
   * @param files where they lie
   * @param identity all that the outputs depend on besides the sample
   */
  TrunkStore(EntryFiles files, String identity, TrunkEntry.Precision precision) {
    this.files = files;
    this.identity = identity;
    this.precision = precision;
  }

  EntryFiles files() {
    return files;
  }

  /** Number of tokens of an entry; −1 if there is none that is whole. */
  int tokens(String key) {
    return files
        .beginning(name(key), TrunkEntry.HEADER)
        .map(header -> TrunkEntry.tokens(header, identity(key)))
        .orElse(-1);
  }

  /** Tensors FLOAT32 [N, width], or null if there is no whole entry. */
  TrunkOutput<HostTensor> read(String key) {
    return files
        .read(name(key))
        .map(file -> TrunkEntry.decode(file, identity(key)))
        .map(BatchCodec::trunk)
        .orElse(null);
  }

  /**
   * Writes an entry, in place of a broken one.
   *
   * @param trunk of tensors FLOAT32 [N, width]
   */
  void write(String key, TrunkOutput<HostTensor> trunk) {
    files.write(name(key), TrunkEntry.encode(identity(key), BatchCodec.names(trunk), precision));
  }

  private byte[] identity(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return sha256.digest((identity + "\n" + key).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String name(String key) {
    return key.substring(0, 2) + "/" + key.substring(2);
  }
}
