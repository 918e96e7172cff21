package org.pmf4j.cli.robustness;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.cli.robustness.Worker.Reply;
import org.pmf4j.cli.robustness.WorkerProcess.Answer;
import org.pmf4j.testkit.message.MessageRules;

/**
 * What a damaged input came to.
 *
 * @param what what was told of it, or what is wrong
 */
record Verdict(Kind kind, String what, long milliseconds, long megabytes) {
  static final int MOST_SECONDS = 20;
  static final int MOST_MEGABYTES = 2_000;

  /** The kinds, of which the first two are good. */
  enum Kind {
    ACCEPTED,
    REFUSED,
    UNCLEAR,
    FOREIGN,
    ABORTED,
    SLOW,
    LARGE;

    boolean isGood() {
      return this == ACCEPTED || this == REFUSED;
    }

    String label() {
      return switch (this) {
        case ACCEPTED -> "accepted";
        case REFUSED -> "refused in one line of ours";
        case UNCLEAR -> "a line that breaks a rule";
        case FOREIGN -> "an exception that is not ours";
        case ABORTED -> "the process died";
        case SLOW -> "over " + MOST_SECONDS + " s";
        case LARGE -> "over " + MOST_MEGABYTES + " MB, or out of memory";
      };
    }
  }

  /**
   * Judges an answer.
   *
   * @param file true if the input is a file of its own, which a refusal must name
   */
  static Verdict of(Answer answer, boolean file) {
    if (answer.reply().isEmpty()) {
      Kind kind = answer.killed() ? Kind.SLOW : Kind.ABORTED;
      return new Verdict(kind, answer.end(), 0, 0);
    }
    Reply reply = answer.reply().get();
    long megabytes = reply.kilobytes() / 1_000;
    if (reply.thrown() != null) {
      return new Verdict(Kind.FOREIGN, reply.thrown(), reply.milliseconds(), megabytes);
    }
    Optional<String> unclear = unclear(reply, file);
    Kind kind = kind(reply, megabytes, unclear.isPresent());
    String what = kind == Kind.UNCLEAR ? unclear.orElseThrow() : "";
    return new Verdict(kind, what + reply.told().strip(), reply.milliseconds(), megabytes);
  }

  private static Kind kind(Reply reply, long megabytes, boolean unclear) {
    if (reply.told().contains("this is a bug:") || reply.told().contains("\tat ")) {
      return Kind.FOREIGN;
    }
    if (megabytes > MOST_MEGABYTES || reply.told().contains("pmf: out of memory")) {
      return Kind.LARGE;
    }
    if (reply.milliseconds() > MOST_SECONDS * 1_000L) {
      return Kind.SLOW;
    }
    if (unclear) {
      return Kind.UNCLEAR;
    }
    return reply.code() == 0 ? Kind.ACCEPTED : Kind.REFUSED;
  }

  /** What is wrong with what was told, warnings included. */
  private static Optional<String> unclear(Reply reply, boolean file) {
    List<String> told = reply.told().lines().filter(l -> !l.isBlank()).toList();
    long failures =
        told.stream().filter(l -> l.startsWith("pmf: ") && !l.startsWith("pmf: WARN")).count();
    if (failures != (reply.code() == 0 ? 0 : 1)) {
      return Optional.of(
          String.format(Locale.ROOT, "[exit code %d and %d lines] ", reply.code(), failures));
    }
    for (String line : told) {
      String message = line.replaceFirst("^pmf: (WARN: )?", "");
      List<String> offences = MessageRules.offences(message);
      if (!offences.isEmpty()) {
        return Optional.of("[" + String.join("; ", offences) + "] ");
      }
    }
    boolean isNowhere =
        file
            && reply.code() == 2
            && told.stream()
                .filter(l -> l.startsWith("pmf: "))
                .noneMatch(MessageRules::namesAPlace);
    return isNowhere ? Optional.of("[names no place] ") : Optional.empty();
  }
}
