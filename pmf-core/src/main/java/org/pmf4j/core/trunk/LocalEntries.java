package org.pmf4j.core.trunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.pmf4j.api.file.AtomicFile;

/**
 * Entries in a folder of this machine: written aside and renamed, so that several runs may fill one
 * cache at once, and a kill leaves whole entries only. A file that cannot be read is taken for one
 * that is not there, since its content can be made again. Several threads may use it at once.
 *
 * @param path the folder, made when it is first held or written to
 */
public record LocalEntries(Path path) implements EntryFiles {
  @Override
  public Optional<Beginning> beginning(String name, int bytes) {
    try (FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.READ)) {
      ByteBuffer read = ByteBuffer.allocate(bytes);
      channel.read(read, 0);
      return Optional.of(new Beginning(read.flip(), channel.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<ByteBuffer> read(String name) {
    try (FileChannel channel = FileChannel.open(path.resolve(name), StandardOpenOption.READ)) {
      ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      int read = 0;
      while (all.hasRemaining() && read >= 0) {
        read = channel.read(all);
      }
      return all.hasRemaining() ? Optional.empty() : Optional.of(all.flip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String name, ByteBuffer content) {
    Path file = path.resolve(name);
    if (!Files.isDirectory(file.getParent())) {
      AtomicFile.createFolders(file.getParent());
    }
    AtomicFile.writeUnforced(
        file,
        channel -> {
          content.rewind();
          while (content.hasRemaining()) {
            channel.write(content);
          }
        });
  }

  @Override
  public Optional<Path> folder() {
    return Optional.of(path);
  }

  @Override
  public Hold hold(Path encoder) {
    AtomicFile.createFolders(path);
    Optional<CacheUse> use = CacheUse.begin(path, encoder);
    return () -> use.ifPresent(CacheUse::close);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
