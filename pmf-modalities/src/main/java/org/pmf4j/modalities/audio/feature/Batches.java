package org.pmf4j.modalities.audio.feature;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;

/** Clips put together. */
final class Batches {
  private Batches() {}

  /** A batch of clips whose tensors have the same shapes. */
  static Named<HostTensor> stack(List<Named<HostTensor>> clips) {
    Map<String, HostTensor> batch = new LinkedHashMap<>();
    for (String name : clips.get(0).names()) {
      HostTensor first = clips.get(0).get(name);
      ByteBuffer bytes = direct(clips.size(), first.shape().size(), first.dtype());
      clips.forEach(clip -> bytes.put(clip.get(name).data()));
      Shape shape = Shape.of(withBatch(clips.size(), first.shape()));
      batch.put(name, new HostTensor(shape, first.dtype(), bytes.flip()));
    }
    return Named.of(batch);
  }

  private static long[] withBatch(int size, Shape shape) {
    return LongStream.concat(LongStream.of(size), LongStream.of(shape.dims())).toArray();
  }

  /** Rows of FLOAT32, filled up to the longest. */
  static HostTensor floats(List<HostTensor> rows, float filler) {
    long longest = longest(rows);
    ByteBuffer bytes = direct(rows.size(), longest, DType.FLOAT32);
    for (HostTensor row : rows) {
      bytes.put(row.data());
      for (long i = row.shape().size(); i < longest; i++) {
        bytes.putFloat(filler);
      }
    }
    return new HostTensor(Shape.of(rows.size(), longest), DType.FLOAT32, bytes.flip());
  }

  /** Rows of INT64, filled up to the longest with zeros. */
  static HostTensor longs(List<HostTensor> rows) {
    long longest = longest(rows);
    ByteBuffer bytes = direct(rows.size(), longest, DType.INT64);
    for (HostTensor row : rows) {
      bytes.put(row.data());
      for (long i = row.shape().size(); i < longest; i++) {
        bytes.putLong(0);
      }
    }
    return new HostTensor(Shape.of(rows.size(), longest), DType.INT64, bytes.flip());
  }

  private static long longest(List<HostTensor> rows) {
    return rows.stream().mapToLong(row -> row.shape().size()).max().orElseThrow();
  }

  private static ByteBuffer direct(int rows, long elements, DType dtype) {
    return HostTensor.direct(Math.toIntExact(Math.multiplyExact((long) rows, elements)), dtype);
  }
}
