package org.pmf4j.core.trunk;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;

/**
 * Where the entries of one cache lie, each a file under a name of its own. What an entry is, is not
 * known here. Several threads and processes may use it at once, also to write one name: what they
 * write is the same.
 */
public interface EntryFiles {
  /**
   * The beginning of a file.
   *
   * @param bytes of the file, or fewer where it is shorter
   * @param size of the whole file, in bytes
   */
  record Beginning(ByteBuffer bytes, long size) {}

  /**
   * The beginning of a file.
   *
   * @param bytes how many at most
   * @return empty if there is no such file
   * @throws PmfException if it cannot be told whether there is
   */
  Optional<Beginning> beginning(String name, int bytes);

  /**
   * A whole file, on the Java heap, where the collector sees what it could free.
   *
   * @return from position 0; empty if there is no such file
   * @throws PmfException if it cannot be told whether there is
   */
  Optional<ByteBuffer> read(String name);

  /**
   * Writes a file, in place of one of that name: for every reader, and whatever happens meanwhile,
   * the whole of it is there or nothing of it.
   *
   * @param content from position 0
   * @throws PmfException naming the place and the reason, if it cannot be written
   */
  void write(String name, ByteBuffer content);

  /** The folder on this machine that holds them, or copies of them; empty if there is none. */
  Optional<Path> folder();

  /**
   * Holds the cache, so that it is not removed meanwhile.
   *
   * @param encoder where the encoder was read, which the cache tells
   * @return what ends it
   */
  Hold hold(Path encoder);

  /** A use of a cache. */
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }
}
