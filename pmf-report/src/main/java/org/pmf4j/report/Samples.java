package org.pmf4j.report;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Examples with what the model made of them. Immutable, so that any number of threads may share it.
 *
 * @param title of the section
 * @param samples in the order in which they are shown
 */
public record Samples(String title, List<Sample> samples) implements Section {
  /** Copies the list. */
  public Samples {
    samples = List.copyOf(samples);
  }

  /**
   * One example.
   *
   * @param pictures embedded in the page; keep them small
   * @param text its text; blank for none
   * @param predicted the prediction in words
   * @param truth the true label in words, where it is known
   * @param scores the probabilities worth showing, largest first
   */
  public record Sample(
      List<Picture> pictures,
      String text,
      String predicted,
      Optional<String> truth,
      List<Score> scores) {
    /** Copies the lists. */
    public Sample {
      pictures = List.copyOf(pictures);
      scores = List.copyOf(scores);
    }
  }

  /**
   * An encoded picture.
   *
   * @param mediaType such as {@code image/png}
   * @param bytes in that format; not copied, must not change
   * @param description for who cannot see it
   */
  public record Picture(String mediaType, byte[] bytes, String description) {}

  /**
   * A label's probability.
   *
   * @param probability from 0 to 1
   */
  public record Score(String label, double probability) {}

  @Override
  public String html() {
    StringBuilder b = new StringBuilder("<div class=\"samples\">\n");
    samples.forEach(s -> sample(b, s));
    return b.append("</div>\n").toString();
  }

  private static void sample(StringBuilder b, Sample s) {
    b.append("<article class=\"sample\">\n");
    if (!s.pictures().isEmpty()) {
      b.append("<div class=\"pictures\">");
      s.pictures().forEach(p -> picture(b, p));
      b.append("</div>\n");
    }
    if (!s.text().isBlank()) {
      b.append("<blockquote>").append(Markup.escape(s.text())).append("</blockquote>\n");
    }
    verdict(b, s);
    if (!s.scores().isEmpty()) {
      b.append("<table class=\"scores\"><tbody>\n");
      s.scores().forEach(score -> score(b, score));
      b.append("</tbody></table>\n");
    }
    b.append("</article>\n");
  }

  private static void picture(StringBuilder b, Picture p) {
    b.append(
        Markup.format(
            "<img src=\"data:%s;base64,%s\" alt=\"%s\">",
            Markup.escape(p.mediaType()),
            Base64.getEncoder().encodeToString(p.bytes()),
            Markup.escape(p.description())));
  }

  private static void verdict(StringBuilder b, Sample s) {
    String predicted = Markup.escape(s.predicted());
    if (s.truth().isEmpty()) {
      b.append(Markup.format("<p class=\"verdict\"><strong>%s</strong></p>\n", predicted));
    } else if (s.truth().get().equals(s.predicted())) {
      b.append(
          Markup.format(
              "<p class=\"verdict\"><span class=\"right\">✓</span> <strong>%s</strong></p>\n",
              predicted));
    } else {
      b.append(
          Markup.format(
              "<p class=\"verdict\"><span class=\"wrong\">✗</span> <strong>%s</strong>"
                  + " <span class=\"truth\">truly %s</span></p>\n",
              predicted, Markup.escape(s.truth().get())));
    }
  }

  private static void score(StringBuilder b, Score score) {
    double percent = 100 * score.probability();
    b.append(
        Markup.format(
            "<tr><th scope=\"row\">%s</th><td class=\"bar\"><i style=\"width:%.1f%%\"></i></td>"
                + "<td class=\"number\">%.1f %%</td></tr>\n",
            Markup.escape(score.label()), percent, percent));
  }
}
