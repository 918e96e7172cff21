package org.pmf4j.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.cli.console.Console;
import picocli.AutoComplete;

/**
 * Makes the script by which bash and zsh complete the words of the command, when a distribution is
 * built. Has no state: any thread may call it.
 */
public final class CompletionScript {
  private CompletionScript() {}

  /**
   * Writes the script.
   *
   * @param args the file to write to
   * @throws org.pmf4j.api.error.PmfException if it cannot be written
   */
  public static void main(String[] args) {
    Path file = Path.of(args[0]);
    try {
      Files.writeString(file, script());
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    }
  }

  static String script() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return AutoComplete.bash("pmf", Main.command(new Console(nowhere, nowhere, false)));
  }
}
