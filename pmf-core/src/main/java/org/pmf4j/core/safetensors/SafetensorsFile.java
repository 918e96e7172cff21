package org.pmf4j.core.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

/**
 * One safetensors file. The header is checked as a whole when the file is opened; tensors are read
 * when they are asked for, into memory of their own: whoever writes into the file or cuts it short
 * meanwhile is told of, and ends no process. Large ones alone are mapped, after the same look.
 * Several threads may read at once.
 */
public final class SafetensorsFile implements TensorStore {
  /** Larger tensors are not copied to Java's memory on their way, which may be small. */
  private static final int MOST_READ = 128 << 20;

  private final Path path;
  private final SafetensorsHeader header;
  private final FileRead bytes;
  private final int mostRead;
  private volatile Mapping mapping;

  private SafetensorsFile(
      Path path, SafetensorsHeader header, FileRead bytes, int mostRead, Mapping mapping) {
    this.path = path;
    this.header = header;
    this.bytes = bytes;
    this.mostRead = mostRead;
    this.mapping = mapping;
  }

  /**
   * Opens a file.
   *
   * @throws PmfException in one line, if it is missing, unreadable, or breaks the format
   */
  public static SafetensorsFile open(Path path) {
    return open(path, MOST_READ, Integer.MAX_VALUE);
  }

  /**
   * Opens a file.
   *
   * @param mostRead bytes of the largest tensor that is read; larger ones are mapped
   * @param windowLimit the most bytes that are mapped in one piece
   */
  static SafetensorsFile open(Path path, int mostRead, int windowLimit) {
    if (Files.isDirectory(path)) {
      throw PmfException.input(path + ": is a folder, not a safetensors file");
    }
    if (Files.exists(path)) {
      InputFile.requireRegular(path);
    }
    try (FileChannel channel = Mapping.open(path)) {
      SafetensorsHeader header = SafetensorsHeader.read(path, channel);
      Mapping mapping =
          Mapping.of(channel, header.tensors().values(), header.dataStart(), windowLimit);
      return new SafetensorsFile(path, header, FileRead.open(path), mostRead, mapping);
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
    TensorInfo info = header.tensors().get(name);
    if (info == null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT, "%s: there is no tensor %s among its %d", path, name, names().size()));
    }
    return info;
  }

  @Override
  public HostTensor tensor(String name) {
    TensorInfo info = info(name);
    StoredType type = info.type();
    if (type.readAs().isEmpty()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s has the type %s, which is not supported; save it as F32",
              path,
              name,
              type));
    }
    if (isRead(info)) {
      return read(name, ByteBuffer::allocateDirect);
    }
    Mapping map = mapped();
    bytes.requireUnchanged();
    ByteBuffer stored = map.bytes(info);
    if (stored == null || widenedBytes(info) > Integer.MAX_VALUE) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: tensor %s takes %d bytes; at most 2 GiB can be held as one",
              path,
              name,
              widenedBytes(info)));
    }
    ByteBuffer data = type.isPlain() ? aligned(stored, type) : Widening.widen(stored, type);
    return new HostTensor(info.shape(), type.readAs().orElseThrow(), data);
  }

  @Override
  public HostTensor read(String name, IntFunction<ByteBuffer> memory) {
    TensorInfo info = info(name);
    if (!isRead(info)) {
      return tensor(name);
    }
    int size = (int) info.bytes();
    ByteBuffer into = memory.apply(size).clear().limit(size);
    bytes.fill(into, header.dataStart() + info.begin());
    ByteBuffer stored = into.flip().slice().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer data = info.type().isPlain() ? stored : Widening.widen(stored, info.type());
    return new HostTensor(info.shape(), info.type().readAs().orElseThrow(), data);
  }

  private boolean isRead(TensorInfo info) {
    return info.type().readAs().isPresent() && info.bytes() <= mostRead && info.bytes() > 0;
  }

  private static long widenedBytes(TensorInfo info) {
    return info.shape().size() * info.type().readAs().orElseThrow().bytes();
  }

  /** Native code may read elements only from multiples of their size; few files break that. */
  private static ByteBuffer aligned(ByteBuffer bytes, StoredType type) {
    if (bytes.remaining() == 0 || bytes.alignmentOffset(0, type.bytes()) == 0) {
      return bytes;
    }
    return HostTensor.direct(bytes.remaining() / type.bytes(), type.readAs().orElseThrow())
        .put(bytes)
        .flip();
  }

  private Mapping mapped() {
    Mapping m = mapping;
    if (m == null) {
      throw new IllegalStateException(path + " was closed");
    }
    return m;
  }

  @Override
  public void close() {
    mapping = null;
    bytes.close();
  }

  @Override
  public String toString() {
    return path + " (" + names().size() + " tensors)";
  }
}
