package org.pmf4j.core.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.store.StoredType;

/**
 * A file's header, checked against the file's size as strictly as the reference implementation
 * does: the tensors fill the space after the header without holes or overlaps.
 *
 * @param tensors by name, in the order of their bytes
 * @param metadata the file's own key-value pairs
 * @param dataStart position of the first byte after the header
 */
record SafetensorsHeader(
    Map<String, StoredTensor> tensors, Map<String, String> metadata, long dataStart) {
  static final String METADATA = "__metadata__";

  /** Bytes of the number that the file begins with: the header's length. */
  static final int LENGTH_BYTES = 8;

  /** The limit of the reference implementation. */
  static final long MAX_HEADER = 100_000_000;

  /**
   * Reads and checks a header.
   *
   * @param file for messages
   * @throws PmfException saying what is wrong with the file
   */
  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer beginning = ByteBuffer.allocate((int) Math.min(size, 256));
    readFully(channel, beginning, 0);
    InputFile.refuseStandIn(file, beginning.flip());
    long length = length(file, channel, size);
    byte[] text = new byte[(int) length];
    readFully(channel, ByteBuffer.wrap(text), LENGTH_BYTES);
    Parsing parsing = new Parsing(file, new LinkedHashMap<>(), new LinkedHashMap<>());
    parsing.parse(text);
    long start = LENGTH_BYTES + length;
    Map<String, StoredTensor> ordered = checkLayout(file, parsing.tensors, size - start);
    return new SafetensorsHeader(ordered, parsing.metadata, start);
  }

  private static long length(Path file, FileChannel channel, long size) throws IOException {
    if (size == 0) {
      throw broken(file, "the file is empty");
    }
    if (size < LENGTH_BYTES) {
      throw broken(file, "only " + size + " bytes, too short for a header; is it truncated?");
    }
    ByteBuffer first = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, first, 0);
    long length = first.getLong(0);
    if (length < 0 || length > MAX_HEADER) {
      throw broken(
          file,
          String.format(
              Locale.ROOT,
              "the header claims %s bytes, more than the format's limit of %d; is this a safetensors file?",
              Long.toUnsignedString(length),
              MAX_HEADER));
    }
    if (length > size - LENGTH_BYTES) {
      throw broken(
          file,
          String.format(
              Locale.ROOT,
              "the header claims %d bytes, but the file has only %d; is it truncated?",
              length,
              size));
    }
    return length;
  }

  private static void readFully(FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new IOException("the file shrank while it was read");
      }
    }
  }

  private static Map<String, StoredTensor> checkLayout(
      Path file, Map<String, StoredTensor> tensors, long available) {
    List<StoredTensor> order = new ArrayList<>(tensors.values());
    order.sort(Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end));
    Map<String, StoredTensor> ordered = new LinkedHashMap<>();
    long at = 0;
    String before = "the header";
    for (StoredTensor t : order) {
      if (t.end() > available) {
        throw broken(
            file,
            String.format(
                Locale.ROOT,
                "tensor %s ends at byte %d of the data, but there are only %d; is the file truncated?",
                t.name(),
                t.end(),
                available));
      }
      if (t.begin() < at) {
        throw broken(
            file, String.format(Locale.ROOT, "tensors %s and %s overlap", before, t.name()));
      }
      if (t.begin() > at) {
        throw broken(
            file,
            String.format(
                Locale.ROOT,
                "there is a hole of %d bytes before tensor %s",
                t.begin() - at,
                t.name()));
      }
      at = t.end();
      before = t.name();
      ordered.put(t.name(), t);
    }
    if (at < available) {
      throw broken(
          file,
          String.format(
              Locale.ROOT,
              "%d bytes at the end belong to no tensor of the header",
              available - at));
    }
    return ordered;
  }

  private static PmfException broken(Path file, String what) {
    return PmfException.input(file + ": broken safetensors file: " + what);
  }

  /** One pass over the header's JSON. */
  private record Parsing(
      Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata) {

    void parse(byte[] text) {
      EncoderConfig header =
          EncoderConfig.parse(file + ": broken safetensors file: its header", decoded(text));
      header
          .values()
          .forEach(
              (name, value) -> {
                if (name.equals(METADATA)) {
                  addMetadata(value);
                } else {
                  tensors.put(name, tensor(name, value instanceof Map<?, ?> m ? m : Map.of()));
                }
              });
    }

    private String decoded(byte[] text) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      } catch (CharacterCodingException e) {
        throw PmfException.input(
            file + ": broken safetensors file: its header is not UTF-8; is this the right file?",
            e);
      }
    }

    private void addMetadata(Object value) {
      if (!(value instanceof Map<?, ?> entries)) {
        throw broken(file, METADATA + " is no JSON object");
      }
      entries.forEach(
          (key, text) -> {
            if (!(text instanceof String string)) {
              throw broken(file, METADATA + " entry '" + Quoted.of(key) + "' is no string");
            }
            metadata.put((String) key, string);
          });
    }

    private StoredTensor tensor(String name, Map<?, ?> value) {
      String typeName = value.get("dtype") instanceof String text ? text : "";
      Optional<StoredType> type = StoredType.named(typeName);
      if (type.isEmpty()) {
        throw broken(
            file,
            String.format(
                Locale.ROOT,
                "tensor %s has the unknown dtype '%s'",
                Quoted.of(name),
                Quoted.of(typeName)));
      }
      long[] dims = numbers(name, value, "shape");
      long[] offsets = numbers(name, value, "data_offsets");
      if (offsets.length != 2 || offsets[0] > offsets[1]) {
        throw broken(
            file,
            String.format(
                Locale.ROOT, "tensor %s: data_offsets must be a begin and an end after it", name));
      }
      long bytes = bytes(name, dims, type.get());
      if (offsets[1] - offsets[0] != bytes) {
        throw broken(
            file,
            String.format(
                Locale.ROOT,
                "tensor %s: %s %s takes %d bytes, but data_offsets span %d",
                name,
                typeName,
                Shape.of(dims),
                bytes,
                offsets[1] - offsets[0]));
      }
      return new StoredTensor(name, type.get(), Shape.of(dims), offsets[0], offsets[1]);
    }

    private long[] numbers(String name, Map<?, ?> value, String key) {
      List<?> array = value.get(key) instanceof List<?> list ? list : null;
      boolean good =
          array != null
              && array.stream()
                  .allMatch(n -> n instanceof Integer i && i >= 0 || n instanceof Long l && l >= 0);
      if (!good) {
        throw broken(
            file,
            String.format(
                Locale.ROOT,
                "tensor %s: %s must be a list of whole numbers from 0 on",
                Quoted.of(name),
                key));
      }
      return array.stream().mapToLong(n -> ((Number) n).longValue()).toArray();
    }

    private long bytes(String name, long[] dims, StoredType type) {
      try {
        return Math.multiplyExact(Shape.of(dims).size(), (long) type.bytes());
      } catch (ArithmeticException e) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: broken safetensors file: tensor %s: the shape %s is too large to be true",
                file,
                name,
                Shape.of(dims)),
            e);
      }
    }
  }
}
