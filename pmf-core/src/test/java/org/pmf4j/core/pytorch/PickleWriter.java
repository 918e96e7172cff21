package org.pmf4j.core.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles, instruction by instruction, as no Python would. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A pickle of protocol 2. */
  PickleWriter() {
    ops(0x80, 2);
  }

  PickleWriter ops(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
    return this;
  }

  PickleWriter ops(String codes) {
    out.writeBytes(codes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** GLOBAL. */
  PickleWriter global(String module, String name) {
    return ops("c" + module + "\n" + name + "\n");
  }

  /** BINUNICODE. */
  PickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ops('X').int32(bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  /** LONG1 of eight bytes. */
  PickleWriter number(long value) {
    return ops(0x8a, 8).int64(value);
  }

  PickleWriter int32(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  PickleWriter int64(long value) {
    out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    return this;
  }

  /** A storage called 0 of float32. */
  PickleWriter storage(long elements) {
    return ops("(")
        .text("storage")
        .global("torch", "FloatStorage")
        .text("0")
        .text("cpu")
        .number(elements)
        .ops("tQ");
  }

  /** A tuple of numbers. */
  PickleWriter tuple(long... numbers) {
    ops("(");
    for (long n : numbers) {
      number(n);
    }
    return ops("t");
  }

  /** A tensor of the storage called 0. */
  PickleWriter tensor(long elements, long offset, long[] size, long[] stride) {
    return global("torch._utils", "_rebuild_tensor_v2")
        .ops("(")
        .storage(elements)
        .number(offset)
        .tuple(size)
        .tuple(stride)
        .ops(0x89, '}', 't', 'R');
  }

  /** STOP. */
  byte[] end() {
    ops(".");
    return out.toByteArray();
  }
}
