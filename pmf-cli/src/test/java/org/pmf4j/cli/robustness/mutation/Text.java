package org.pmf4j.cli.robustness.mutation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/** Damage to lines of text and their encoding: one to three of these at a time. */
public final class Text implements Mutation {
  private static final List<String> INSERTED =
      List.of(
          "\"",
          "'",
          ",",
          ",,",
          ";",
          "\t",
          "|",
          "\0",
          "\r",
          "\n",
          "\n\n",
          "\u001b[31m",
          "\u202e",
          "\ufeff",
          "\u2028",
          "\u00a0",
          "#",
          "=cmd|' /C calc'!A0",
          "<script>",
          "{",
          "}",
          "[",
          "]",
          ": ",
          "- ",
          "&a ",
          "*a ",
          "!!x ",
          "%",
          "\\",
          "\ud83d\ude00",
          "\ud800",
          "-1",
          "1e400",
          "NaN",
          "null",
          "/dev/zero",
          "../..",
          "file:///etc/passwd",
          "http://localhost/x.png");

  private static final List<BiFunction<List<String>, Random, List<String>>> LINES =
      List.of(
          Text::delete,
          Text::twice,
          Text::swap,
          Text::insert,
          Text::insert,
          Text::insert,
          Text::insert,
          Text::cutLine,
          Text::longLine,
          Text::otherSeparator,
          Text::moreCells);

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    String text = new String(healthy, StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      lines = Mutation.pick(LINES, random).apply(lines, random);
    }
    return encode(lines, random);
  }

  private static byte[] encode(List<String> lines, Random random) {
    String plain = String.join("\n", lines);
    return switch (random.nextInt(16)) {
      case 0 -> ("\ufeff" + plain).getBytes(StandardCharsets.UTF_8);
      case 1 -> ("\ufeff" + plain).getBytes(StandardCharsets.UTF_16LE);
      case 2 -> plain.getBytes(StandardCharsets.UTF_16BE);
      case 3 -> (plain + "\u00e9").getBytes(StandardCharsets.ISO_8859_1);
      case 4 -> plain.replace('\n', '\r').getBytes(StandardCharsets.UTF_8);
      case 5 -> plain.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
      case 6 -> ("\ufeff" + plain).getBytes(Charset.forName("UTF-32LE"));
      case 7 -> (plain + "\u00ed\u00a0\u0080\u00ff").getBytes(StandardCharsets.ISO_8859_1);
      default -> plain.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static List<String> delete(List<String> lines, Random random) {
    if (lines.size() > 1) {
      lines.remove(random.nextInt(lines.size()));
    }
    return lines;
  }

  private static List<String> twice(List<String> lines, Random random) {
    lines.add(random.nextInt(lines.size() + 1), Mutation.pick(lines, random));
    return lines;
  }

  private static List<String> swap(List<String> lines, Random random) {
    java.util.Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
    return lines;
  }

  private static List<String> insert(List<String> lines, Random random) {
    int at = line(lines, random);
    String line = lines.get(at);
    int column = random.nextInt(line.length() + 1);
    lines.set(
        at, line.substring(0, column) + Mutation.pick(INSERTED, random) + line.substring(column));
    return lines;
  }

  private static int line(List<String> lines, Random random) {
    return random.nextInt(random.nextBoolean() ? lines.size() : 1);
  }

  private static List<String> cutLine(List<String> lines, Random random) {
    int at = line(lines, random);
    String line = lines.get(at);
    lines.set(at, line.substring(0, random.nextInt(line.length() + 1)));
    return lines;
  }

  private static List<String> longLine(List<String> lines, Random random) {
    int at = line(lines, random);
    int times = new int[] {100, 5_000, 100_000}[random.nextInt(3)];
    lines.set(
        at, lines.get(at) + Mutation.pick(List.of("a ", "x", ",", "\u00e9"), random).repeat(times));
    return lines;
  }

  private static List<String> otherSeparator(List<String> lines, Random random) {
    String other = Mutation.pick(List.of(";", "\t", "|", ", ", ""), random);
    lines.replaceAll(line -> line.replace(",", other));
    return lines;
  }

  private static List<String> moreCells(List<String> lines, Random random) {
    int at = line(lines, random);
    lines.set(
        at, lines.get(at) + ",".repeat(1 + random.nextInt(3)) + Mutation.pick(INSERTED, random));
    return lines;
  }
}
