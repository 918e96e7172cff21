package org.pmf4j.core.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/** {@code train_log.jsonl}: one JSON object a line, appended as training goes along. */
final class TrainLog implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;
  private long length;

  /**
   * Opens the log and cuts off what was written after a checkpoint.
   *
   * @param keep bytes to keep; 0 for a new log
   */
  TrainLog(Path file, long keep) {
    this.file = file;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
      channel.truncate(keep);
      length = channel.size();
      channel.position(length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Appends a line. */
  void write(Map<String, Object> line) {
    try {
      byte[] text = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      ByteBuffer b = ByteBuffer.wrap(text);
      while (b.hasRemaining()) {
        channel.write(b);
      }
      length += text.length;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Bytes written so far, on the disk. */
  long flush() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failed(e);
    }
    return length;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PmfException failed(IOException e) {
    return PmfException.environment("cannot write " + file + ": " + e.getMessage(), e);
  }
}
