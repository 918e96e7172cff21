package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.batch.BatchCodec;
import org.pmf4j.core.batch.ModalityInput.TrunkOutput;

/**
 * A folder of trunk outputs of one encoder, cut at one layer, under the hash of the sample's
 * content. Each is a file of its own, written aside and renamed: several runs may fill one store at
 * once, and a kill leaves whole entries only.
 */
final class TrunkStore {
  private final Path folder;
  private final String identity;
  private final TrunkEntry.Precision precision;

  /**
   * A store.
   *
   * @param folder made when the first entry is written
   * @param identity all that the outputs depend on besides the sample
   */
  TrunkStore(Path folder, String identity, TrunkEntry.Precision precision) {
    this.folder = folder;
    this.identity = identity;
    this.precision = precision;
  }

  Path folder() {
    return folder;
  }

  /** Number of tokens of an entry; −1 if there is none that is whole. */
  int tokens(String key) {
    return TrunkEntry.tokens(file(key), identity(key));
  }

  /** Tensors FLOAT32 [N, width], or null if there is no whole entry. */
  TrunkOutput<HostTensor> read(String key) {
    Named<HostTensor> found = TrunkEntry.read(file(key), identity(key));
    return found == null ? null : BatchCodec.trunk(found);
  }

  /**
   * Writes an entry, in place of a broken one.
   *
   * @param trunk of tensors FLOAT32 [N, width]
   */
  void write(String key, TrunkOutput<HostTensor> trunk) {
    Path file = file(key);
    if (!Files.isDirectory(file.getParent())) {
      AtomicFile.createFolders(file.getParent());
    }
    ByteBuffer bytes = TrunkEntry.encode(identity(key), BatchCodec.names(trunk), precision);
    AtomicFile.writeUnforced(
        file,
        channel -> {
          bytes.rewind();
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private byte[] identity(String key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return sha256.digest((identity + "\n" + key).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private Path file(String key) {
    return folder.resolve(key.substring(0, 2)).resolve(key.substring(2));
  }
}
