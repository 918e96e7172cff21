package org.pmf4j.core.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.store.HalfPrecision;
import org.pmf4j.core.store.StoredType;

/**
 * Writes safetensors files. The same tensors and metadata give the same bytes: tensors are ordered
 * as the reference implementation orders them, larger element types first, so that all are aligned,
 * and then by name. Has no state: any thread may call it.
 */
public final class SafetensorsWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 15;

  private SafetensorsWriter() {}

  /**
   * Writes tensors in their own types.
   *
   * @param target replaced only when the new file is complete
   * @param tensors by name
   * @param metadata written in the given order
   * @throws org.pmf4j.api.error.PmfException naming target and reason, if it cannot be written
   */
  public static void write(
      Path target, Map<String, HostTensor> tensors, Map<String, String> metadata) {
    Map<String, LazyTensor> pending = new LinkedHashMap<>();
    tensors.forEach((name, t) -> pending.put(name, LazyTensor.of(t)));
    writePending(target, pending, metadata);
  }

  /**
   * Writes tensors in their own types, each read as its turn comes.
   *
   * @param target replaced only when the new file is complete
   * @param tensors by name
   * @param metadata written in the given order
   * @throws org.pmf4j.api.error.PmfException naming target and reason, if it cannot be written
   */
  public static void writePending(
      Path target, Map<String, LazyTensor> tensors, Map<String, String> metadata) {
    List<Entry> entries = new ArrayList<>();
    tensors.forEach((name, t) -> entries.add(new Entry(name, t, StoredType.of(t.dtype()))));
    write(target, entries, metadata);
  }

  /**
   * Writes tensors, those of type FLOAT32 in half precision: half the size, 11 bits of precision,
   * values from 65520 on infinite.
   *
   * @param target replaced only when the new file is complete
   * @param tensors by name
   * @param metadata written in the given order
   * @throws org.pmf4j.api.error.PmfException naming target and reason, if it cannot be written
   */
  public static void writeHalf(
      Path target, Map<String, HostTensor> tensors, Map<String, String> metadata) {
    List<Entry> entries = new ArrayList<>();
    tensors.forEach(
        (name, t) -> {
          boolean single = t.dtype() == DType.FLOAT32;
          StoredType type = single ? StoredType.F16 : StoredType.of(t.dtype());
          entries.add(new Entry(name, LazyTensor.of(t), type));
        });
    write(target, entries, metadata);
  }

  private static void write(Path target, List<Entry> entries, Map<String, String> metadata) {
    if (entries.stream().anyMatch(e -> e.name.equals(SafetensorsHeader.METADATA))) {
      throw new IllegalArgumentException("no tensor can be called " + SafetensorsHeader.METADATA);
    }
    entries.sort(Comparator.comparing(Entry::type).reversed().thenComparing(Entry::name));
    AtomicFile.writeChannel(
        target,
        out -> {
          writeAll(out, header(entries, metadata));
          for (Entry e : entries) {
            ByteBuffer data = e.tensor.value().get().data();
            if (e.type == StoredType.F16) {
              writeHalves(out, data.asFloatBuffer());
            } else {
              writeAll(out, data);
            }
          }
        });
  }

  private static ByteBuffer header(List<Entry> entries, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> m : metadata.entrySet()) {
          json.writeStringField(m.getKey(), m.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Entry e : entries) {
        offset = writeEntry(json, e, offset);
      }
      json.writeEndObject();
    }
    while (text.size() % ALIGNMENT != 0) {
      text.write(' ');
    }
    return ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + text.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.size())
        .put(text.toByteArray())
        .flip();
  }

  private static long writeEntry(JsonGenerator json, Entry e, long offset) throws IOException {
    long end = offset + e.tensor.shape().size() * e.type.bytes();
    json.writeObjectFieldStart(e.name);
    json.writeStringField("dtype", e.type.name());
    long[] dims = e.tensor.shape().dims();
    json.writeFieldName("shape");
    json.writeArray(dims, 0, dims.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {offset, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  private static void writeHalves(FileChannel out, FloatBuffer values) throws IOException {
    float[] in = new float[CHUNK];
    ByteBuffer chunk = ByteBuffer.allocateDirect(2 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      int n = Math.min(CHUNK, values.remaining());
      values.get(in, 0, n);
      chunk.clear();
      for (int i = 0; i < n; i++) {
        chunk.putShort(HalfPrecision.fromFloat(in[i]));
      }
      writeAll(out, chunk.flip());
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private record Entry(String name, LazyTensor tensor, StoredType type) {}
}
