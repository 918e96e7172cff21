package org.pmf4j.spark.hadoop;

import java.io.IOException;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.ContentHash;

/**
 * A file of a Hadoop file system that a row names, read whenever it is asked for. Several threads
 * may use it at once.
 *
 * @param place its whole name
 * @param hadoop where it is read
 */
public record HadoopFile(Path place, Configuration hadoop) implements Supplier<byte[]> {
  /**
   * What is in it.
   *
   * @throws org.pmf4j.api.error.PmfException if it cannot be read
   */
  @Override
  public byte[] get() {
    try (var in = HadoopFiles.system(place, hadoop).open(place)) {
      return in.readAllBytes();
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(place, e);
    }
  }

  /** What is in it now, for who needs it at once. */
  public Source bytes() {
    return new Source.Bytes(place.toString(), get());
  }

  /**
   * The file for who may need it later, and knows it by its content until then: it is read once for
   * that, and not held.
   */
  public Source stored() {
    return stored(ContentHash.of(get()));
  }

  /** The same of a file that was read before. */
  public Source stored(String sha256) {
    return new Source.Stored(place.toString(), sha256, this);
  }
}
