package org.pmf4j.core.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file's tensors in memory, in windows of at most 2 GiB, the most that Java maps at once. A
 * tensor lies in one window; one that is larger has none.
 */
final class Mapping {
  private final TreeMap<Long, MappedByteBuffer> windows = new TreeMap<>();

  private Mapping() {}

  /**
   * Opens a file for mapping. Private mappings, whose pages a stray native write can change without
   * killing the process, need a channel that could write, though nothing is ever written; a file
   * that may only be read is opened for reading.
   */
  static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (FileSystemException e) {
      return FileChannel.open(file, StandardOpenOption.READ);
    }
  }

  /**
   * Maps the tensors.
   *
   * @param channel may be closed afterwards
   * @param tensors in the order of their bytes, checked against the file's size
   * @param dataStart position of offset 0
   * @param limit the most bytes that a window may have
   */
  static Mapping of(FileChannel channel, Iterable<TensorInfo> tensors, long dataStart, int limit)
      throws IOException {
    Mapping mapping = new Mapping();
    List<TensorInfo> window = new ArrayList<>();
    for (TensorInfo t : tensors) {
      if (t.bytes() > limit) {
        continue;
      }
      boolean fits =
          window.isEmpty()
              || (t.end() - window.get(0).begin() <= limit
                  && t.begin() == window.get(window.size() - 1).end());
      if (!fits) {
        mapping.add(channel, window, dataStart);
        window.clear();
      }
      window.add(t);
    }
    if (!window.isEmpty()) {
      mapping.add(channel, window, dataStart);
    }
    return mapping;
  }

  private void add(FileChannel channel, List<TensorInfo> window, long dataStart)
      throws IOException {
    long begin = window.get(0).begin();
    long end = window.get(window.size() - 1).end();
    windows.put(begin, map(channel, dataStart + begin, end - begin));
  }

  private static MappedByteBuffer map(FileChannel channel, long position, long size)
      throws IOException {
    try {
      return channel.map(FileChannel.MapMode.PRIVATE, position, size);
    } catch (NonWritableChannelException e) {
      return channel.map(FileChannel.MapMode.READ_ONLY, position, size);
    }
  }

  /** A tensor's bytes, little endian, keeping the mapping alive; null if it is in no window. */
  ByteBuffer bytes(TensorInfo tensor) {
    Map.Entry<Long, MappedByteBuffer> window = windows.floorEntry(tensor.begin());
    if (window == null) {
      return null;
    }
    long from = tensor.begin() - window.getKey();
    if (from + tensor.bytes() > window.getValue().capacity()) {
      return null;
    }
    return window.getValue().slice((int) from, (int) tensor.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }
}
