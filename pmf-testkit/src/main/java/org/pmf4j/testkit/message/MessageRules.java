package org.pmf4j.testkit.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message to a user must not contain: the words of a library or of the language that we are
 * written in, raw control characters, input without bound; and whether it says where the fault is.
 * Has no state: any thread may call it.
 */
public final class MessageRules {
  /** The longest message: what a terminal shows in a few lines, with room for two long paths. */
  public static final int LONGEST = 600;

  /** The longest list of faults, of which each is no longer than {@link #LONGEST}. */
  public static final int LONGEST_LIST = 4_100;

  private static final String LIST = "; ";

  private record Rule(String what, Pattern pattern) {
    static Rule of(String what, String pattern) {
      return new Rule(what, Pattern.compile(pattern));
    }
  }

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "the name of a package of classes",
              "\\b(javax?|jdk|sun|kotlin|picocli|ch\\.qos|(com|org|ai|net|io)"
                  + "\\.(fasterxml|google|sun|drew|github|twelvemonkeys|djl|tensorflow|apache"
                  + "|yaml|jflac|jcraft|bytedeco|slf4j|pmf4j|junit))\\.[a-z]\\w*"),
          Rule.of(
              "the name of a class",
              "\\b([A-Z][a-z0-9]*){2,}(?<=Exception|Error|Builder|Feature|Impl|Node|Parser)\\b"),
          Rule.of(
              "a constant of a library",
              "\\b(ALLOW|ACCEPT|FAIL_ON|STRICT|START|END|VALUE|READ|WRITE)_[A-Z][A-Z_]*\\b"),
          Rule.of("the identity of an object", "@[0-9a-f]{5,8}\\b"),
          Rule.of("null where a reason belongs", "(: |\\()null(?=$|[;)])|[a-z]=null\\b"),
          Rule.of(
              "words of a parser of JSON or YAML",
              "\\[Source: |reference chain|\\(code \\d+|Unrecognized token|Unexpected (end-of-input"
                  + "|character|close marker)|was expecting|Cannot (deserialize|construct)"
                  + "|Numeric value \\(|Illegal (white space|unquoted|character)|while (parsing|scanning)"
                  + "|could not find expected|mapping values are not allowed|Duplicate field"
                  + "|[Nn]esting depth|StreamReadConstraints|token recursion"),
          Rule.of(
              "words of the language",
              "out of bounds for|out of range: |For input string|Cannot invoke |cannot be cast to"
                  + "|[Nn]egative (array|initial|count)|newPosition|newLimit|Comparison method"
                  + "|No enum constant|Unparseable|begin \\d+, end|Input length = |for radix"
                  + "|can't be parsed|Zero length|byte array|Array index|String index"),
          Rule.of(
              "words of native code",
              "\\bc10::|\\bat::|\\bstd::|\\btorch(::|\\.)|\\.cpp:|\\.rs:|enforce fail|panicked"
                  + "|unwrap\\(\\)|index out of range in self|in self\\b.*\\bdim\\b"
                  + "|untagged enum|at line \\d+ column \\d+|OrtError|\\{\\{.*node"),
          Rule.of("a line of a stack trace", "\tat \\w|\\bat [a-z]+(\\.\\w+)+\\([A-Z]"),
          Rule.of(
              "a raw control character",
              "[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]"),
          Rule.of("a code unit that is no character", "[\\ud800-\\udfff]"));

  /** What looks like an offence and is none: why stands beside it. */
  private static final List<Rule> ALLOWED =
      List.of(
          Rule.of(
              "the service file is what a plugin's author must write", "META-INF/services/[\\w.]+"),
          Rule.of("names that the user gave to columns, which may be any", "there are: .*"),
          Rule.of("the artifact that a user adds to a build", "[a-z][\\w.-]+:[\\w.-]+:\\d[\\w.]*"),
          Rule.of("a path belongs to the user", "(?<![\\w/])\\.{0,2}(/[\\w.+@=%~-]+)+"),
          Rule.of(
              "how transformers calls what its configuration files name",
              "\\b\\w+(FeatureExtractor|ImageProcessor(Fast)?|Tokenizer(Fast)?|Processor)\\b"),
          Rule.of(
              "what a plugin's own code throws, and what it lacks, is its author's to read",
              "(loading it failed with|version \\d+ of the plugin interfaces \\() ?[\\w.$]+.*"),
          Rule.of("what a checkpoint of others names, in backticks", "wants to run `[^`]*`"),
          Rule.of(
              "what a user writes in Python",
              "torch\\.save(\\(model\\.state_dict\\(\\), file\\))?"),
          Rule.of("an environment variable of ours", "\\$?PMF_[A-Z_]+\\b"));

  /** A file or something inside of one. */
  private static final Pattern PLACE =
      Pattern.compile(
          "^in memory: |^the example: |[\\w*>-]\\.[A-Za-z]\\w*|/|--?\\w|\\b(row|line|column|entry|tensor|header|file|folder)s? ?\\S|'[^']+'"
              + "|\\b\\w+(_\\w+)+\\b");

  private MessageRules() {}

  /**
   * What is wrong with a message.
   *
   * @param message what a user reads, without what was put before it such as {@code pmf:}
   * @return an offence each, with the words that are it; empty if the message is good
   */
  public static List<String> offences(String message) {
    List<String> offences = new ArrayList<>();
    if (message.isBlank()) {
      offences.add("says nothing");
    }
    int longest = Arrays.stream(message.split(LIST)).mapToInt(String::length).max().orElse(0);
    if (longest > LONGEST || message.length() > LONGEST_LIST) {
      offences.add(message.length() + " characters");
    }
    String rest = message;
    for (Rule allowed : ALLOWED) {
      rest = allowed.pattern().matcher(rest).replaceAll("~");
    }
    for (Rule rule : RULES) {
      Matcher found = rule.pattern().matcher(rest);
      if (found.find()) {
        offences.add(rule.what() + " (" + visible(found.group()) + ")");
      }
    }
    return offences;
  }

  /** True if a message on bad input says where: a file, row, column, tensor, key or option. */
  public static boolean namesAPlace(String message) {
    return PLACE.matcher(message).find();
  }

  /** A message in one line of visible characters, cut where it is long. */
  public static String visible(String message) {
    StringBuilder shown = new StringBuilder();
    message
        .codePoints()
        .limit(2L * LONGEST)
        .forEach(
            c -> {
              boolean plain = !Character.isISOControl(c) && Character.isDefined(c);
              boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              if (plain && !surrogate && Character.getType(c) != Character.FORMAT) {
                shown.appendCodePoint(c);
              } else {
                shown.append("\\u{").append(Integer.toHexString(c)).append('}');
              }
            });
    return shown.toString();
  }
}
