package org.pmf4j.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.console.ConsoleProgress;
import org.pmf4j.console.ErrorStream;
import org.pmf4j.core.progress.Progress;

/**
 * Where a command writes. Immutable, so that any number of threads may share it.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal true if {@code err} is a terminal, on which a line may be drawn again
 * @param stop true once the command should end early
 * @param rows standard output as bytes, which says when it cannot be written
 */
public record Console(
    PrintStream out, PrintStream err, boolean terminal, BooleanSupplier stop, OutputStream rows) {
  private static final int BUFFER = 1 << 16;

  /** Where a command writes whose rows go where its other results go. */
  public Console(PrintStream out, PrintStream err, boolean terminal, BooleanSupplier stop) {
    this(out, err, terminal, stop, out);
  }

  /** Where a command writes that nothing asks to stop. */
  public Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, () -> false);
  }

  /**
   * The streams of this process, in UTF-8 whatever its locale, but for Windows, where Java tells
   * its consoles'.
   */
  public static Console ofProcess(BooleanSupplier stop) {
    Charset charset = charset();
    return new Console(
        stream(FileDescriptor.out, charset),
        stream(FileDescriptor.err, charset),
        ErrorStream.isTerminal(),
        stop,
        new FileOutputStream(FileDescriptor.out));
  }

  private static PrintStream stream(FileDescriptor to, Charset charset) {
    return new PrintStream(new FileOutputStream(to), true, charset);
  }

  private static Charset charset() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    String told = windows ? System.getProperty("stdout.encoding") : null;
    return told == null ? StandardCharsets.UTF_8 : Charset.forName(told);
  }

  /** This console where standard output is taken by rows: what people read goes to the other. */
  public Console withoutOut() {
    return new Console(err, err, terminal, stop, rows);
  }

  /**
   * Writes rows, or another result, to standard output.
   *
   * @throws OutputClosed if nobody reads it any more
   * @throws org.pmf4j.api.error.PmfException with the reason, if it cannot be written
   */
  public void write(AtomicFile.StreamContent content) {
    try {
      OutputStream buffered = new BufferedOutputStream(rows, BUFFER);
      content.writeTo(buffered);
      buffered.flush();
    } catch (IOException e) {
      if (FileErrors.isBrokenPipe(e)) {
        throw new OutputClosed(e);
      }
      throw FileErrors.cannotWrite(Path.of("standard output"), e);
    }
  }

  /** Progress on {@link #err()}, which asks to stop when the command should. */
  public Progress progress() {
    return new ConsoleProgress(err, terminal, System::nanoTime).until(stop);
  }
}
