package org.pmf4j.spark.hadoop;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.core.trunk.LocalEntries;

/**
 * Entries of a cache in a folder of any Hadoop file system: each is written aside and renamed, so
 * that all machines may fill one cache at once, and a task that is killed leaves whole entries
 * only. Several threads may use it at once.
 */
public final class HadoopEntries implements EntryFiles {
  private final FileSystem files;
  private final Path folder;

  private HadoopEntries(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * The entries of a cache: those of a local folder as one machine alone has them.
   *
   * @param folder made when the first entry is written
   * @throws org.pmf4j.api.error.PmfException if its file system cannot be reached
   */
  public static EntryFiles in(Path folder, Configuration hadoop) {
    Path whole = HadoopFiles.qualified(folder, hadoop);
    return HadoopFiles.isLocal(whole)
        ? new LocalEntries(HadoopFiles.local(whole))
        : new HadoopEntries(HadoopFiles.system(whole, hadoop), whole);
  }

  @Override
  public Optional<Beginning> beginning(String name, int bytes) {
    Path file = new Path(folder, name);
    try (FSDataInputStream in = files.open(file)) {
      long size = files.getFileStatus(file).getLen();
      byte[] read = in.readNBytes(bytes);
      return Optional.of(new Beginning(ByteBuffer.wrap(read), size));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(file, e);
    }
  }

  @Override
  public Optional<ByteBuffer> read(String name) {
    Path file = new Path(folder, name);
    try (FSDataInputStream in = files.open(file)) {
      return Optional.of(ByteBuffer.wrap(in.readAllBytes()));
    } catch (FileNotFoundException | EOFException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw HadoopErrors.cannotRead(file, e);
    }
  }

  @Override
  public void write(String name, ByteBuffer content) {
    byte[] bytes = new byte[content.rewind().remaining()];
    content.get(bytes);
    HadoopWriting.write(files, new Path(folder, name), out -> out.write(bytes));
  }

  @Override
  public Optional<java.nio.file.Path> folder() {
    return Optional.empty();
  }

  /** Nothing holds a cache there: who removes one asks first who uses it. */
  @Override
  public Hold hold(java.nio.file.Path encoder) {
    return () -> {};
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
