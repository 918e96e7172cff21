package org.pmf4j.modalities.text;

import java.util.Optional;
import org.pmf4j.api.setting.Setting;

/** How long a text may be, in tokens, special ones included. Immutable. */
sealed interface MaxLength {
  /** The name of the setting. */
  String NAME = "max-length";

  /** What the encoder's files state. */
  MaxLength STATED = new Stated();

  /** The setting of a text encoder. */
  Setting<MaxLength> SETTING =
      Setting.text(
          NAME,
          STATED,
          MaxLength::read,
          MaxLength::text,
          "stated, longest or a whole number above 0",
          "the most tokens of a text, whose rest is cut off: a number, or longest, what the encoder"
              + " can take, or stated, what its files say");

  /** What the encoder's files state. */
  record Stated() implements MaxLength {
    @Override
    public String text() {
      return "stated";
    }
  }

  /** As much as the tokenizer's {@code model_max_length} and the encoder's positions allow. */
  record Longest() implements MaxLength {
    @Override
    public String text() {
      return "longest";
    }
  }

  /**
   * A number of the user's.
   *
   * @param tokens above 0
   */
  record AtMost(int tokens) implements MaxLength {
    @Override
    public String text() {
      return Integer.toString(tokens);
    }
  }

  /** What is read as this. */
  String text();

  private static Optional<MaxLength> read(String text) {
    return switch (text) {
      case "stated" -> Optional.of(STATED);
      case "longest" -> Optional.of(new Longest());
      default ->
          text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0
              ? Optional.of(new AtMost(Integer.parseInt(text)))
              : Optional.empty();
    };
  }
}
