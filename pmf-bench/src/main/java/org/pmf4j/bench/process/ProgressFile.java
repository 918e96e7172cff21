package org.pmf4j.bench.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.progress.Progress;

/**
 * Progress as lines of a file, which another process follows: {@code begin 3 100 samples<TAB>epoch
 * 1/2}, {@code advance 3 8 loss 0.5}, {@code end 3}.
 */
final class ProgressFile implements Progress, AutoCloseable {
  private final Writer out;
  private final AtomicInteger bars = new AtomicInteger();

  private ProgressFile(Writer out) {
    this.out = out;
  }

  /** Progress that is written to the end of a file. */
  static ProgressFile append(Path file) {
    try {
      return new ProgressFile(
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    }
  }

  @Override
  public Bar begin(String what, long total, String unit) {
    int bar = bars.incrementAndGet();
    line("begin " + bar + " " + total + " " + unit + "\t" + what);
    return new Bar() {
      @Override
      public void advance(long units, String note) {
        line("advance " + bar + " " + units + " " + note);
      }

      @Override
      public void close() {
        line("end " + bar);
      }
    };
  }

  /** Progress that cannot be written is not worth failing for. */
  private synchronized void line(String text) {
    try {
      out.write(text.replace('\n', ' ') + "\n");
      out.flush();
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      return;
    }
  }

  /** Shows what stands in a file that is still written. */
  static final class Follower implements AutoCloseable {
    private final Path file;
    private final Progress progress;
    private final Map<String, Bar> bars = new HashMap<>();
    private long read;

    Follower(Path file, Progress progress) {
      this.file = file;
      this.progress = progress;
    }

    /** Shows what came since the last call. */
    void catchUp() {
      if (!Files.exists(file)) {
        return;
      }
      try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
        byte[] bytes = new byte[Math.toIntExact(in.length() - read)];
        in.seek(read);
        in.readFully(bytes);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        text.substring(0, end).lines().forEach(this::show);
        read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
      } catch (IOException e) {
        return;
      }
    }

    private void show(String line) {
      String[] words = line.split(" ", 4);
      Bar bar = bars.get(words[1]);
      if (words[0].equals("begin")) {
        String[] unitAndWhat = words[3].split("\t", 2);
        bars.put(
            words[1], progress.begin(unitAndWhat[1], Long.parseLong(words[2]), unitAndWhat[0]));
      } else if (words[0].equals("advance") && bar != null) {
        bar.advance(Long.parseLong(words[2]), words[3]);
      } else if (bar != null) {
        bars.remove(words[1]).close();
      }
    }

    @Override
    public void close() {
      catchUp();
      bars.values().forEach(Bar::close);
    }
  }
}
