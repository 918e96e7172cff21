package org.pmf4j.spark.hadoop;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.trunk.LocalEntries;

/**
 * Entries that lie far away, with a copy on this machine of each that was read or written: read
 * through once, and locally in every later epoch. Several threads may use it at once.
 *
 * @param copies on this machine
 * @param origin what all machines share
 */
public record CopiedEntries(EntryFiles copies, EntryFiles origin) implements EntryFiles {
  /**
   * Caches for training, by their names, as {@link org.pmf4j.core.trunk.CachedTrunks} asks for
   * them.
   *
   * @param root folder of all caches, on any Hadoop file system; a local one is used where it is
   * @param local folder for copies on this machine
   */
  public static Function<String, EntryFiles> caches(String root, Path local, Configuration hadoop) {
    return name -> {
      EntryFiles origin =
          HadoopEntries.in(new org.apache.hadoop.fs.Path(HadoopFiles.path(root), name), hadoop);
      return origin.folder().isPresent()
          ? origin
          : new CopiedEntries(new LocalEntries(local.resolve(name)), origin);
    };
  }

  /** Where copies lie by default. */
  public static Path localFolder() {
    return LocalCopies.folder().resolve("trunks");
  }

  @Override
  public Optional<Beginning> beginning(String name, int bytes) {
    Optional<Beginning> near = copies.beginning(name, bytes);
    return near.isPresent() ? near : origin.beginning(name, bytes);
  }

  @Override
  public Optional<ByteBuffer> read(String name) {
    Optional<ByteBuffer> near = copies.read(name);
    if (near.isPresent()) {
      return near;
    }
    Optional<ByteBuffer> far = origin.read(name);
    far.ifPresent(content -> copies.write(name, content.duplicate()));
    return far.map(ByteBuffer::rewind);
  }

  @Override
  public void write(String name, ByteBuffer content) {
    origin.write(name, content.duplicate());
    copies.write(name, content.duplicate());
  }

  @Override
  public Optional<Path> folder() {
    return copies.folder();
  }

  @Override
  public Hold hold(Path encoder) {
    Hold near = copies.hold(encoder);
    Hold far = origin.hold(encoder);
    return () -> {
      near.close();
      far.close();
    };
  }

  @Override
  public String toString() {
    return origin.toString();
  }
}
