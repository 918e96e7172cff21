package org.pmf4j.cli.demo.signs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Wordings of the question for a part's colour. No wording names a colour. */
final class Questions {
  private static final Map<Part, List<String>> NAMES =
      Map.of(
          Part.RIM,
          List.of("rim", "border", "edge", "outer band", "frame around the sign"),
          Part.PLATE,
          List.of(
              "plate", "field behind the figure", "board", "area inside the border", "backdrop"),
          Part.SYMBOL,
          List.of("symbol", "figure in the middle", "emblem", "mark at the centre", "icon"));

  private static final List<String> FRAMES =
      List.of(
          "What colour is the %s?",
          "Which colour does the %s have?",
          "Tell me the colour of the %s.",
          "The %s of this sign, what colour is it?",
          "In what colour did they paint the %s?",
          "I need the colour of the %s, please.",
          "Look at the %s and name its colour.",
          "Somebody asks about the %s: which colour?");

  private Questions() {}

  /** A question for a part's colour, all wordings equally likely. */
  static String ask(Part part, SplittableRandom random) {
    List<String> names = NAMES.get(part);
    String frame = FRAMES.get(random.nextInt(FRAMES.size()));
    return String.format(Locale.ROOT, frame, names.get(random.nextInt(names.size())));
  }
}
