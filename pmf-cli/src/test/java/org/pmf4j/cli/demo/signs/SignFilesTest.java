package org.pmf4j.cli.demo.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.progress.Progress;

/** The data set is the same for the same seed, and neither modality alone gives the answer. */
class SignFilesTest {
  private static final SignFiles.Sizes SIZES = new SignFiles.Sizes(6, 3, 4, 24);
  private static final int MANY = 5000;

  @TempDir private Path folder;

  @Test
  void theSameSeedGivesTheSameFilesBitForBit() throws IOException {
    make("a", 7);
    make("b", 7);

    assertThat(contents("b")).isEqualTo(contents("a"));
  }

  @Test
  void anotherSeedGivesOtherPicturesAndQuestions() throws IOException {
    make("a", 7);
    make("b", 8);

    assertThat(contents("b").keySet()).isEqualTo(contents("a").keySet());
    assertThat(contents("b").get("train.csv")).isNotEqualTo(contents("a").get("train.csv"));
    assertThat(contents("b").get("pictures/train-0001.png"))
        .isNotEqualTo(contents("a").get("pictures/train-0001.png"));
  }

  @Test
  void everyPictureIsAskedAboutThreeTimesWithThreeAnswers() throws IOException {
    SignFiles files = make("a", 7);

    List<String> rows = Files.readAllLines(files.train());
    assertThat(rows.get(0)).isEqualTo("image,text,label");
    assertThat(rows).hasSize(1 + 3 * SIZES.train());
    Map<String, Set<String>> answers =
        rows.stream()
            .skip(1)
            .collect(
                Collectors.groupingBy(
                    row -> row.substring(0, row.indexOf(',')),
                    Collectors.mapping(
                        row -> row.substring(row.lastIndexOf(',') + 1), Collectors.toSet())));
    assertThat(answers).hasSize(SIZES.train());
    assertThat(answers.values()).allSatisfy(labels -> assertThat(labels).hasSize(3));
  }

  @Test
  void picturesHaveTheSizeThatWasAskedFor() throws IOException {
    SignFiles files = make("a", 7);

    BufferedImage image = ImageIO.read(files.folder().resolve("pictures/test-0004.png").toFile());
    assertThat(image.getWidth()).isEqualTo(SIZES.pixels());
    assertThat(image.getHeight()).isEqualTo(SIZES.pixels());
  }

  @Test
  void theMiddleOfAPictureHasTheColourOfTheSymbol() {
    SignSplit split = SignSplit.make("x", 100, new Painter(48), new SplittableRandom(3));

    assertThat(split.pictures())
        .allSatisfy(
            picture -> {
              Sign sign = picture.sign();
              int pixel = picture.image().getRGB((int) (48 * sign.x()), (int) (48 * sign.y()));
              assertThat(nearest(pixel)).isEqualTo(sign.colour(Part.SYMBOL));
            });
  }

  @Test
  void whoSeesOneModalityAloneIsWrongMostOfTheTime() {
    SignSplit split = SignSplit.make("x", MANY, new Painter(1), new SplittableRandom(11));

    Ceilings ceilings = Ceilings.of(split);

    assertThat(ceilings.picture()).isEqualTo(1 / 3.0);
    // One of six colours; over 5000 draws a part the most frequent is ahead by four deviations at
    // the very most: 1/6 + 4 sqrt(1/6 * 5/6 / 5000)
    assertThat(ceilings.question()).isBetween(1 / 6.0, 1 / 6.0 + 0.0211);
  }

  @Test
  void theWordingTellsNothingOfTheAnswer() {
    Set<String> wordings = new HashSet<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < MANY; i++) {
      wordings.add(Questions.ask(Part.values()[i % 3], random));
    }

    // Eight frames and five names for each of three parts, all of them seen in so many draws
    assertThat(wordings).hasSize(120);
    for (Colour colour : Colour.values()) {
      assertThat(wordings)
          .noneMatch(w -> w.toLowerCase(Locale.ROOT).matches(".*\\b" + colour.word() + "\\b.*"));
    }
  }

  @Test
  void aFolderThatIsThereAlreadyIsLeftAlone() throws IOException {
    Path taken = folder.resolve("a");
    Files.createDirectories(taken);
    Files.writeString(taken.resolve("mine.txt"), "mine");

    assertThatThrownBy(() -> make("a", 7))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(taken.toString());
    assertThat(taken.resolve("mine.txt")).hasContent("mine");
  }

  private SignFiles make(String name, long seed) {
    SignFiles files = new SignFiles(folder.resolve(name));
    files.write(SIZES, seed, Progress.SILENT);
    return files;
  }

  private Map<String, List<Byte>> contents(String name) throws IOException {
    Path root = folder.resolve(name);
    Map<String, List<Byte>> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : Files.readAllBytes(file)) {
          bytes.add(b);
        }
        all.put(root.relativize(file).toString(), bytes);
      }
    }
    return all;
  }

  private static Colour nearest(int rgb) {
    Colour best = Colour.BLACK;
    for (Colour colour : Colour.values()) {
      best = distance(colour, rgb) < distance(best, rgb) ? colour : best;
    }
    return best;
  }

  private static double distance(Colour colour, int rgb) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double difference = colour.channel(c) - (rgb >> 8 * (2 - c) & 255) / 255.0;
      sum += difference * difference;
    }
    return sum;
  }
}
