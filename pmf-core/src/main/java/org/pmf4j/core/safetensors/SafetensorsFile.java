package org.pmf4j.core.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.store.FileRead;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorMemory;
import org.pmf4j.core.store.TensorStore;
import org.pmf4j.core.store.Widening;

/**
 * One safetensors file. The header is checked as a whole when the file is opened; tensors are read
 * when they are asked for, into memory of their own and never by a mapping: whoever writes into the
 * file or cuts it short meanwhile is told of, and ends no process. Several threads may read at
 * once.
 */
public final class SafetensorsFile implements TensorStore {
  private final Path path;
  private final SafetensorsHeader header;
  private final FileRead bytes;

  private SafetensorsFile(Path path, SafetensorsHeader header, FileRead bytes) {
    this.path = path;
    this.header = header;
    this.bytes = bytes;
  }

  /**
   * Opens a file.
   *
   * @throws PmfException in one line, if it is missing, unreadable, or breaks the format
   */
  public static SafetensorsFile open(Path path) {
    if (Files.isDirectory(path)) {
      throw PmfException.input(path + ": is a folder, not a safetensors file");
    }
    if (Files.exists(path)) {
      InputFile.requireRegular(path);
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new SafetensorsFile(path, SafetensorsHeader.read(path, channel), FileRead.open(path));
    } catch (NoSuchFileException e) {
      throw PmfException.input(path + ": there is no such file", e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(path, e);
    }
  }

  /**
   * Reads all tensors of a file that was saved by training.
   *
   * @return by name, in memory of their own
   * @throws PmfException as {@link #open} and {@link #tensor} do, and naming a tensor that has
   *     values which are no numbers
   */
  public static Map<String, HostTensor> readNumbers(Path path) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = open(path)) {
      for (String name : file.names()) {
        HostTensor tensor = file.tensor(name);
        Numbers.require(path, name, tensor);
        tensors.put(name, tensor);
      }
    }
    return tensors;
  }

  @Override
  public Path source() {
    return path;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(header.tensors().keySet());
  }

  @Override
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  @Override
  public TensorInfo info(String name) {
    StoredTensor stored = stored(name);
    return TensorInfo.of(name, stored.type(), stored.shape());
  }

  /** Where a tensor's first byte is in the file; the others follow it. */
  public long position(String name) {
    return header.dataStart() + stored(name).begin();
  }

  private StoredTensor stored(String name) {
    StoredTensor stored = header.tensors().get(name);
    if (stored == null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT, "%s: there is no tensor %s among its %d", path, name, names().size()));
    }
    return stored;
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    StoredTensor stored = stored(name);
    return new TensorMemory(path)
        .filled(
            info(name),
            memory,
            data ->
                bytes.read(
                    header.dataStart() + stored.begin(),
                    stored.bytes(),
                    Widening.into(data, stored.type())));
  }

  @Override
  public void close() {
    bytes.close();
  }

  @Override
  public String toString() {
    return path + " (" + names().size() + " tensors)";
  }
}
