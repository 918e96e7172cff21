package org.pmf4j.spark.hadoop;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's configuration of the driver, as executors get it. Immutable, so that any number of
 * threads may share it.
 */
public final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] written;
  private transient volatile Configuration read;

  private HadoopSettings(byte[] written) {
    this.written = written;
  }

  /** What a driver has. */
  public static HadoopSettings of(Configuration configuration) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      configuration.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HadoopSettings(bytes.toByteArray());
  }

  /** The same configuration; nobody changes it. */
  public Configuration configuration() {
    Configuration known = read;
    if (known == null) {
      known = new Configuration(false);
      try {
        known.readFields(new DataInputStream(new ByteArrayInputStream(written)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      read = known;
    }
    return known;
  }
}
