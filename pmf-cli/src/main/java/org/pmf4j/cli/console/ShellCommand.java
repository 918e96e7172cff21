package org.pmf4j.cli.console;

import java.util.List;

/** Commands as people type them. Has no state: any thread may call it. */
public final class ShellCommand {
  private ShellCommand() {}

  /** A command as it is typed in a POSIX shell, over several lines where it is long. */
  public static String typed(List<String> words) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (int i = 0; i < words.size(); i++) {
      boolean option = words.get(i).startsWith("--");
      String word = quoted(words.get(i));
      int length = option && i + 1 < words.size() ? word.length() + words.get(i + 1).length() : 0;
      if (option && column + length > 84) {
        text.append(" \\\n   ");
        column = 3;
      }
      text.append(i == 0 ? "" : " ").append(word);
      column += word.length() + 1;
    }
    return text.toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
