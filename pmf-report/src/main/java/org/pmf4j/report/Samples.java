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
   * @param sounds embedded in the page; keep them short
   * @param text its text; blank for none
   * @param predicted the prediction in words
   * @param truth the true label in words, where it is known
   * @param scores the probabilities worth showing, largest first
   * @param remarks small print, such as where it stands
   */
  public record Sample(
      List<Picture> pictures,
      List<Sound> sounds,
      String text,
      String predicted,
      Optional<String> truth,
      List<Score> scores,
      List<String> remarks) {
    /** Copies the lists. */
    public Sample {
      pictures = List.copyOf(pictures);
      sounds = List.copyOf(sounds);
      scores = List.copyOf(scores);
      remarks = List.copyOf(remarks);
    }

    /** An example without sounds and remarks. */
    public Sample(
        List<Picture> pictures,
        String text,
        String predicted,
        Optional<String> truth,
        List<Score> scores) {
      this(pictures, List.of(), text, predicted, truth, scores, List.of());
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
   * An encoded sound.
   *
   * @param mediaType such as {@code audio/wav}
   * @param bytes in that format; not copied, must not change
   * @param description what stands above it
   */
  public record Sound(String mediaType, byte[] bytes, String description) {}

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
    s.sounds().forEach(sound -> sound(b, sound));
    if (!s.text().isBlank()) {
      b.append("<blockquote>").append(Markup.escape(s.text())).append("</blockquote>\n");
    }
    verdict(b, s);
    if (!s.scores().isEmpty()) {
      b.append("<table class=\"scores\"><tbody>\n");
      s.scores().forEach(score -> score(b, score));
      b.append("</tbody></table>\n");
    }
    s.remarks()
        .forEach(r -> b.append("<p class=\"note\">").append(Markup.escape(r)).append("</p>\n"));
    b.append("</article>\n");
  }

  private static void sound(StringBuilder b, Sound s) {
    String description = Markup.escape(s.description());
    b.append("<p class=\"note\">").append(description).append("</p>\n");
    b.append(
        Markup.format(
            "<audio controls=\"controls\" preload=\"metadata\" aria-label=\"%s\""
                + " src=\"data:%s;base64,%s\"></audio>\n",
            description,
            Markup.escape(s.mediaType()),
            Base64.getEncoder().encodeToString(s.bytes())));
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
