package org.pmf4j.cli.demo.signs;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Some signs, each with a question for every part.
 *
 * @param name of the split, and of its files
 * @param pictures the signs, painted
 */
record SignSplit(String name, List<Picture> pictures) {
  SignSplit {
    pictures = List.copyOf(pictures);
  }

  /**
   * A painted sign.
   *
   * @param file name of its file, without a folder
   */
  record Picture(String file, Sign sign, BufferedImage image, List<Question> questions) {}

  /** A question, and the part that it asks about. */
  record Question(Part part, String text) {}

  /** Makes signs; the same seed gives the same. */
  static SignSplit make(String name, int signs, Painter painter, SplittableRandom random) {
    List<Picture> pictures = new ArrayList<>();
    for (int i = 0; i < signs; i++) {
      // Each picture has its own stream: a change in how one is painted leaves the others alone.
      SplittableRandom own = random.split();
      Sign sign = Sign.random(own);
      List<Question> questions = new ArrayList<>();
      for (Part part : Part.values()) {
        questions.add(new Question(part, Questions.ask(part, own)));
      }
      String file = String.format(Locale.ROOT, "%s-%04d.png", name, i + 1);
      pictures.add(new Picture(file, sign, painter.paint(sign, own), questions));
    }
    return new SignSplit(name, pictures);
  }
}
