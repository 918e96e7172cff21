package org.pmf4j.modalities.image;

import java.io.IOException;

/** What is wrong with a picture's file, in words that stand behind its name. */
final class Damaged extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean complete;

  private Damaged(String message, boolean complete, Throwable cause) {
    super(message, cause);
    this.complete = complete;
  }

  /** For "the image is damaged or truncated (…); replace the file". */
  static Damaged because(String reason) {
    return new Damaged(reason, false, null);
  }

  /** The same, found by catching something, whose words stay in the stack trace. */
  static Damaged because(String reason, Throwable cause) {
    return new Damaged(reason, false, cause);
  }

  /** The file ends before what it announces. */
  static Damaged truncated() {
    return because("it ends too early");
  }

  /** For what may be whole but is not read: a sentence that says what to do. */
  static Damaged unsupported(String sentence) {
    return new Damaged(sentence, true, null);
  }

  /** The line without the file's name. */
  String line(Subject subject) {
    return complete
        ? getMessage()
        : "the "
            + subject.noun()
            + " is damaged or truncated ("
            + getMessage()
            + "); replace the file";
  }
}
