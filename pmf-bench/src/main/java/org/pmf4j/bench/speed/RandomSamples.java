package org.pmf4j.bench.speed;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;

/** Random pictures and texts, no two alike, of exactly the sizes that are asked for. */
final class RandomSamples {
  static final String IMAGE = "image";
  static final String TEXT = "text";

  private static final int LETTERS = 26;

  private RandomSamples() {}

  /** What the vocabulary is made from: each letter is a word. */
  static List<Source> words() {
    String all =
        IntStream.range(0, LETTERS)
            .mapToObj(RandomSamples::letter)
            .collect(Collectors.joining(" "));
    return List.of(new Source.Text(all));
  }

  /** Some samples, the same in every process. */
  static List<Example> of(Sizes sizes, int count) {
    SplittableRandom random = new SplittableRandom(5);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Source> sources = new LinkedHashMap<>();
      sources.put(IMAGE, new Source.Bytes("picture " + i, picture(sizes.imageSize(), random)));
      sources.put(TEXT, new Source.Text(text(sizes.textTokens(i) - 2, random)));
      examples.add(new Example("sample " + i, sources, Optional.empty()));
    }
    return examples;
  }

  private static byte[] picture(int side, SplittableRandom random) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String text(int words, SplittableRandom random) {
    return IntStream.range(0, words)
        .mapToObj(i -> letter(random.nextInt(LETTERS)))
        .collect(Collectors.joining(" "));
  }

  private static String letter(int i) {
    return String.valueOf((char) ('a' + i));
  }
}
