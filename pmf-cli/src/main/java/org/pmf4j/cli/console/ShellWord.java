package org.pmf4j.cli.console;

/** Words as they are typed in a shell. Has no state: any thread may call it. */
public final class ShellWord {
  private ShellWord() {}

  /** A word, in quotes where the shell would make something else of it. */
  public static String of(String word) {
    boolean plain = word.matches("[\\p{L}\\p{N}_./=:,+%@-]+");
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
