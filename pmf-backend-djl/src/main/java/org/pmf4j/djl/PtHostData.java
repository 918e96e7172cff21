package org.pmf4j.djl;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/** Moves data between Java's memory and PyTorch's. */
final class PtHostData {
  private final PtNDManager manager;
  private final TorchScript script;

  PtHostData(PtNDManager manager, TorchScript script) {
    this.manager = manager;
    this.script = script;
  }

  /** The data on the device; on the CPU read in place where it lies in direct, aligned memory. */
  PtValue put(HostTensor data) {
    if (data.shape().size() == 0) {
      return putEmpty(data);
    }
    return data.dtype() == DType.BFLOAT16
        ? putBfloat16(data)
        : put(data, isReadable(data) ? data.data() : direct(data.data()));
  }

  /** A copy of the data on the device, in memory that PyTorch owns. */
  PtNDArray copy(HostTensor data) {
    PtValue value = put(data);
    if (value.memory() == PtValue.Memory.OWN) {
      return value.array();
    }
    try (PtNDArray array = value.array()) {
      return JniUtils.clone(array);
    }
  }

  /** The same, in the same type or in {@code BFLOAT16}. */
  PtNDArray copy(HostTensor data, DType type) {
    if (type == data.dtype()) {
      return copy(data);
    }
    if (data.shape().size() == 0) {
      return copy(data.copy(type));
    }
    try (PtNDArray given = put(data).array()) {
      return PtTypes.cast(script, given, type);
    }
  }

  private PtValue put(HostTensor data, ByteBuffer memory) {
    PtNDArray array = manager.create(memory, djlShape(data.shape()), PtTypes.of(data.dtype()));
    boolean inPlace = !manager.getDevice().isGpu();
    return new PtValue(array, inPlace ? new PtValue.Host(memory) : PtValue.Memory.OWN);
  }

  private PtValue putEmpty(HostTensor data) {
    boolean isShort = data.dtype() == DType.BFLOAT16;
    DataType type = isShort ? DataType.FLOAT32 : PtTypes.of(data.dtype());
    PtNDArray empty = PtTypes.full(manager, djlShape(data.shape()), 0, type);
    if (!isShort) {
      return PtValue.own(empty);
    }
    try (empty) {
      return PtValue.own(PtTypes.cast(script, empty, DType.BFLOAT16));
    }
  }

  /** A bfloat16 is the upper half of a float32. */
  private PtValue putBfloat16(HostTensor data) {
    ByteBuffer wide = HostTensor.direct(Math.toIntExact(data.shape().size()), DType.FLOAT32);
    FloatBuffer floats = wide.asFloatBuffer();
    ShortBuffer shorts = data.data().asShortBuffer();
    while (shorts.hasRemaining()) {
      floats.put(Float.intBitsToFloat(shorts.get() << 16));
    }
    try (PtNDArray array = manager.create(wide, djlShape(data.shape()), DataType.FLOAT32)) {
      return PtValue.own(PtTypes.cast(script, array, DType.BFLOAT16));
    }
  }

  private static boolean isReadable(HostTensor data) {
    ByteBuffer b = data.data();
    return b.isDirect() && b.alignmentOffset(0, data.dtype().bytes()) == 0;
  }

  private static ByteBuffer direct(ByteBuffer source) {
    ByteBuffer b = ByteBuffer.allocateDirect(source.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return b.put(source).flip();
  }

  /** The elements, copied to the Java side. */
  HostTensor read(PtNDArray array, Shape shape, DType dtype) {
    if (dtype == DType.BFLOAT16) {
      try (PtNDArray wide = PtTypes.cast(script, array, DType.FLOAT32)) {
        return new HostTensor(shape, dtype, upperHalves(bytes(wide)));
      }
    }
    return new HostTensor(shape, dtype, bytes(array));
  }

  private ByteBuffer bytes(PtNDArray array) {
    if (!manager.getDevice().isGpu()) {
      return JniUtils.getByteBuffer(array, false);
    }
    PtNDArray onCpu = array.toDevice(Device.cpu(), false);
    try {
      return JniUtils.getByteBuffer(onCpu, false);
    } finally {
      // DJL makes a manager of its own for an array on another device; it closes the array with it.
      onCpu.getManager().close();
    }
  }

  private static ByteBuffer upperHalves(ByteBuffer wide) {
    ByteBuffer halves = ByteBuffer.allocate(wide.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
    while (wide.hasRemaining()) {
      halves.putShort((short) (wide.getInt() >>> 16));
    }
    return halves.flip();
  }

  private static ai.djl.ndarray.types.Shape djlShape(Shape shape) {
    return new ai.djl.ndarray.types.Shape(shape.dims());
  }
}
