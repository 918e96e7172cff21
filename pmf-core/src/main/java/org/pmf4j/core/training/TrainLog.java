package org.pmf4j.core.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code train_log.jsonl}: one JSON object a line, appended as training goes along. Not by a
 * channel, which an interrupt of the training thread would close.
 */
final class TrainLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainLog.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final RandomAccessFile out;
  private long length;

  /**
   * Opens the log and cuts off what was written after a checkpoint.
   *
   * @param keep bytes to keep; 0 for a new log
   */
  TrainLog(Path file, long keep) {
    this.file = file;
    try {
      out = new RandomAccessFile(file.toFile(), "rw");
      length = Math.min(keep, out.length());
      if (length < keep) {
        LOG.warn("{}: lines of earlier steps are missing; the run goes on without them", file);
      }
      if (out.length() > length) {
        out.setLength(length);
      }
      out.seek(length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Appends a line. */
  void write(Map<String, Object> line) {
    try {
      byte[] text = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
      out.write(text);
      length += text.length;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Bytes written so far, on the disk. */
  long flush() {
    try {
      out.getFD().sync();
    } catch (IOException e) {
      throw failed(e);
    }
    return length;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private PmfException failed(IOException e) {
    return FileErrors.cannotWrite(file, e);
  }
}
