package org.pmf4j.cli.console;

import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether help is coloured. Has no state: any thread may call it. */
public final class Colours {
  private Colours() {}

  /**
   * As the environment asks for it: never with {@code NO_COLOR}, always with {@code FORCE_COLOR}
   * (but 0), else as the parser of command lines finds by the terminal, {@code CLICOLOR} and {@code
   * CLICOLOR_FORCE}.
   */
  public static Ansi of(Map<String, String> environment) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Ansi.OFF;
    }
    String forced = environment.getOrDefault("FORCE_COLOR", "");
    if (forced.isEmpty()) {
      return Ansi.AUTO;
    }
    return forced.equals("0") || forced.equals("false") ? Ansi.OFF : Ansi.ON;
  }
}
