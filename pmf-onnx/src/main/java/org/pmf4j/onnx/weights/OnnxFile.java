package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;

/** Reads the graph of an ONNX file. */
final class OnnxFile {
  /** No message of protocol buffers is larger. */
  private static final long LARGEST = Integer.MAX_VALUE;

  private OnnxFile() {}

  /**
   * The graph; bytes of tensors stay where the file was read to.
   *
   * @throws PmfException in one line, if there is no such file, or if it holds something else
   */
  static GraphProto graph(Path file) {
    if (Files.isDirectory(file)) {
      throw PmfException.input(file + ": is a folder, not an ONNX file");
    }
    InputFile.requireRegular(file);
    ByteBuffer content = content(file);
    InputFile.refuseStandIn(file, content);
    ModelProto model;
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(content).newCodedInput();
      in.enableAliasing(true);
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw notOnnx(file, e);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
    if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
      throw notOnnx(file, null);
    }
    return model.getGraph();
  }

  private static PmfException notOnnx(Path file, Throwable cause) {
    return PmfException.input(
        file + ": is no ONNX model, or one that is damaged or incomplete; export or copy it again",
        cause);
  }

  private static ByteBuffer content(Path file) {
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      if (size > LARGEST) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: has %d bytes, and an ONNX file at most 2 GiB; is it the weights of one?",
                file,
                size));
      }
      ByteBuffer content = room(file, (int) size);
      while (content.hasRemaining()) {
        if (in.read(content) < 0) {
          break;
        }
      }
      return content.flip();
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  /** Outside of the heap, which need not be as large as a model. */
  private static ByteBuffer room(Path file, int size) {
    try {
      return ByteBuffer.allocateDirect(size);
    } catch (OutOfMemoryError e) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: no memory is left for its %d bytes; give Java more, such as -Xmx4g in the"
                  + " environment variable JDK_JAVA_OPTIONS",
              file,
              size),
          e);
    }
  }
}
