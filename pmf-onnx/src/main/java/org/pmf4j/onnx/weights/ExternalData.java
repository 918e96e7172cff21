package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.file.InputFile;

/**
 * The bytes of a tensor that lie in a file beside the model's, in its folder or below: a path that
 * leads elsewhere is refused, by whatever links.
 *
 * @param model the model's file
 */
record ExternalData(Path model) {

  /**
   * Reads the bytes of a tensor.
   *
   * @param bytes how many there must be
   */
  ByteBuffer read(TensorProto tensor, int bytes) {
    Map<String, String> place = new HashMap<>();
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      place.put(entry.getKey(), entry.getValue());
    }
    Path file = file(tensor, place.getOrDefault("location", ""));
    long offset = number(tensor, place, "offset", 0);
    long length = number(tensor, place, "length", bytes);
    if (length != bytes) {
      throw wrong(tensor, "has %d bytes in %s where its shape needs %d", length, file, bytes);
    }
    InputFile.requireRegular(file);
    try (FileChannel in = FileChannel.open(file)) {
      if (offset > in.size() - bytes) {
        throw wrong(
            tensor, "ends behind the %d bytes of %s; copy both files again", in.size(), file);
      }
      ByteBuffer content = ByteBuffer.allocateDirect(bytes);
      int read = 0;
      while (content.hasRemaining() && read >= 0) {
        read = in.read(content, offset + content.position());
      }
      if (content.hasRemaining()) {
        throw wrong(tensor, "lies in %s, which was cut short while it was read", file);
      }
      return content.flip();
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }

  private Path file(TensorProto tensor, String location) {
    if (location.isEmpty()) {
      throw wrong(tensor, "lies elsewhere, and nothing says in which file");
    }
    Path folder = model.toAbsolutePath().getParent();
    try {
      Path file = folder.resolve(location).normalize();
      if (Path.of(location).isAbsolute() || !file.startsWith(folder.normalize())) {
        throw outside(tensor, location);
      }
      InputFile.requireRegular(file);
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(tensor, location);
      }
      return file;
    } catch (InvalidPathException e) {
      throw wrong(tensor, "lies in %s, which is no path", Quote.name(location));
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder.resolve(location), e);
    }
  }

  private PmfException outside(TensorProto tensor, String location) {
    return wrong(
        tensor,
        "lies in %s, outside of the model's folder, from which alone is read",
        Quote.name(location));
  }

  private long number(TensorProto tensor, Map<String, String> place, String key, long otherwise) {
    String text = place.get(key);
    try {
      long number = text == null ? otherwise : Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below
    }
    throw wrong(tensor, "has the %s %s, which is no number of bytes", key, Quote.name(text));
  }

  private PmfException wrong(TensorProto tensor, String format, Object... values) {
    return PmfException.input(
        String.format(Locale.ROOT, "%s: tensor %s ", model, Quote.plain(tensor.getName()))
            + String.format(Locale.ROOT, format, values));
  }
}
