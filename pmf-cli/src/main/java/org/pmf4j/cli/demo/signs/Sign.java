package org.pmf4j.cli.demo.signs;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A sign as it is drawn.
 *
 * @param board shape of the rim and of the plate
 * @param figure shape of the symbol
 * @param colours of the parts, in their order; no two are the same
 * @param x of the centre, 0 at the left edge of the picture and 1 at the right
 * @param y of the centre, 0 at the top
 * @param radius as a share of the picture's width
 * @param angle by which it is turned, in radians
 */
record Sign(
    Outline board,
    Outline figure,
    List<Colour> colours,
    double x,
    double y,
    double radius,
    double angle) {
  private static final List<Outline> BOARDS =
      List.of(Outline.CIRCLE, Outline.SQUARE, Outline.DIAMOND, Outline.TRIANGLE);

  /** A sign made by chance; all ordered choices of three colours are equally likely. */
  static Sign random(SplittableRandom random) {
    List<Colour> left = new ArrayList<>(List.of(Colour.values()));
    List<Colour> colours = new ArrayList<>();
    for (int i = 0; i < Part.values().length; i++) {
      colours.add(left.remove(random.nextInt(left.size())));
    }
    double radius = 0.38 + 0.08 * random.nextDouble();
    return new Sign(
        BOARDS.get(random.nextInt(BOARDS.size())),
        Outline.values()[random.nextInt(Outline.values().length)],
        List.copyOf(colours),
        0.5 + 0.12 * (random.nextDouble() - 0.5),
        0.5 + 0.12 * (random.nextDouble() - 0.5),
        radius,
        0.5 * (random.nextDouble() - 0.5));
  }

  Colour colour(Part part) {
    return colours.get(part.ordinal());
  }

  /**
   * What an image encoder can learn from the picture alone, such as {@code red rim|black
   * plate|white symbol}.
   */
  String description() {
    List<String> words = new ArrayList<>();
    for (Part part : Part.values()) {
      words.add(colour(part).word() + " " + part.word());
    }
    return String.join("|", words);
  }
}
