package org.pmf4j.cli.robustness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.cli.Main;

/**
 * The main class of a process that runs one command after another: the words of each are a line of
 * JSON on standard input, its {@link Reply} is one on standard output. Standard error is left to
 * native code.
 */
final class Worker {
  /** Stands before a reply, since native code may print too. */
  static final String REPLY = "reply: ";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What a command came to; {@code thrown} is what it let pass, or null. */
  record Reply(int code, String told, String thrown, long milliseconds, long kilobytes) {}

  private Worker() {}

  public static void main(String[] args) throws IOException {
    PrintStream replies =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    // The log writes to the process's own streams
    Collected told = new Collected();
    System.setOut(told.stream);
    System.setErr(told.stream);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      Reply reply = run(MAPPER.readValue(line, String[].class), told);
      replies.println(REPLY + MAPPER.writeValueAsString(reply));
    }
  }

  private static Reply run(String[] words, Collected told) throws IOException {
    told.bytes.reset();
    // 5 sets the peak of the resident memory back to what is resident now
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long began = System.nanoTime();
    int code = -1;
    String thrown = null;
    try {
      code = Main.run(words, silent(), told.stream);
    } catch (Throwable e) {
      thrown = e.toString();
    }
    long milliseconds = (System.nanoTime() - began) / 1_000_000;
    return new Reply(
        code, told.bytes.toString(StandardCharsets.UTF_8), thrown, milliseconds, peak());
  }

  private static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private static long peak() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmHWM:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", ""));
  }

  private static final class Collected {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
