package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.tensor.Shape;

/**
 * Finds the elements of tensors, in whichever of its ways a file holds them.
 *
 * @param model the model's file, for messages and for the folder of external data
 */
record TensorBytes(Path model) {

  /**
   * The dimensions of a tensor.
   *
   * @throws PmfException if they are none, or of more elements than one piece of memory holds
   */
  Shape shape(TensorProto tensor, ElementType type) {
    long bytes = type.bytes();
    for (long dim : tensor.getDimsList()) {
      if (dim < 0 || dim > 0 && bytes > Integer.MAX_VALUE / dim) {
        throw wrong(tensor, "has the dimensions " + tensor.getDimsList() + ", which do not serve");
      }
      bytes *= dim;
    }
    return Shape.of(tensor.getDimsList().stream().mapToLong(Long::longValue).toArray());
  }

  /** The elements, row by row, little endian. */
  ByteBuffer of(TensorProto tensor, ElementType type) {
    int count = Math.toIntExact(shape(tensor, type).size());
    int bytes = count * type.bytes();
    if (tensor.getDataLocation() == DataLocation.EXTERNAL) {
      return new ExternalData(model).read(tensor, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    if (tensor.hasRawData()) {
      if (tensor.getRawData().size() != bytes) {
        throw wrong(
            tensor,
            String.format(
                Locale.ROOT,
                "has %d bytes where its shape needs %d",
                tensor.getRawData().size(),
                bytes));
      }
      return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    return listed(tensor, type, count);
  }

  /** Elements that stand in the file as a list of numbers. */
  private ByteBuffer listed(TensorProto tensor, ElementType type, int count) {
    int found =
        switch (type) {
          case F32 -> tensor.getFloatDataCount();
          case F64 -> tensor.getDoubleDataCount();
          case I64 -> tensor.getInt64DataCount();
          default -> tensor.getInt32DataCount();
        };
    if (found != count) {
      throw wrong(
          tensor,
          String.format(Locale.ROOT, "has %d elements where its shape needs %d", found, count));
    }
    ByteBuffer out = ByteBuffer.allocateDirect(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    IntConsumer put =
        switch (type) {
          case F32 -> i -> out.putFloat(tensor.getFloatData(i));
          case F64 -> i -> out.putDouble(tensor.getDoubleData(i));
          case I64 -> i -> out.putLong(tensor.getInt64Data(i));
          case I32 -> i -> out.putInt(tensor.getInt32Data(i));
          case F16, BF16 -> i -> out.putShort((short) tensor.getInt32Data(i));
          case I8, U8, BOOL -> i -> out.put((byte) tensor.getInt32Data(i));
        };
    for (int i = 0; i < count; i++) {
      put.accept(i);
    }
    return out.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private PmfException wrong(TensorProto tensor, String what) {
    return PmfException.input(
        model + ": tensor " + Quote.plain(tensor.getName()) + " " + what + "; export it again");
  }
}
