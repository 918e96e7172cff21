package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/** Every kind of picture that make_pictures.py writes, against what Pillow 13 makes of it. */
class PillowPicturesTest {
  private static final String OTHER_FORMAT = "is of a format that is not read, and named";
  private static final String DEEP = "would be cut off at 255, and mostly be black or white";
  private static final String CODEC = "is under a compression that is rare in pictures";

  /** Read by Pillow and refused here, each with its reason. */
  private static final Map<String, String> REFUSED_HERE =
      Map.ofEntries(
          Map.entry("picture.avif", OTHER_FORMAT),
          Map.entry("picture.dds", OTHER_FORMAT),
          Map.entry("picture.ico", OTHER_FORMAT),
          Map.entry("picture.jp2", OTHER_FORMAT),
          Map.entry("picture.ppm", OTHER_FORMAT),
          Map.entry("picture.qoi", OTHER_FORMAT),
          Map.entry("picture.tga", OTHER_FORMAT),
          Map.entry("float-be.tif", DEEP),
          Map.entry("float-le.tif", DEEP),
          Map.entry("int32-le.tif", DEEP),
          Map.entry("lab.tif", "Pillow asks a colour management system for L*a*b*"),
          Map.entry("lzma.tif", CODEC),
          Map.entry("zstd.tif", CODEC));

  /** Refused by Pillow, or read wrongly, and read here: each with its reason. */
  private static final Map<String, String> READ_HERE =
      Map.of(
          "big-be.tif", "Pillow looks for BigTIFF's sign in one byte order alone",
          "planar16.tif", "Pillow takes both bytes of a sample for samples of their own");

  /** Not the same bits, each with its reason: largest difference of the 8 × 8 means, in levels. */
  private static final Map<String, Double> ROUNDED =
      // The reader rounds YCbCr differently from Pillow, by a level; the means have two digits
      Map.of("ycbcr8.tif", 1.01);

  private static final Map<String, byte[]> FILES = files();

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream in = PillowPicturesTest.class.getResourceAsStream("/pictures/pictures.zip");
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        files.put(e.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return files;
  }

  static Stream<String> lines() {
    return new String(FILES.get("expected.tsv"), StandardCharsets.UTF_8).lines();
  }

  @Test
  void thereAreMoreThanThreeHundredFiles() {
    assertThat(lines()).hasSizeGreaterThan(300);
    assertThat(FILES).hasSize((int) lines().count() + 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void isReadOrRefusedAsPillowDoes(String line) {
    String[] fields = line.split("\t");
    String name = fields[0];
    Source source = new Source.Bytes(name, FILES.get(name));
    boolean refused = fields[1].equals("refused");
    if (REFUSED_HERE.containsKey(name) || refused && !READ_HERE.containsKey(name)) {
      assertThatThrownBy(() -> Decoded.of(source))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(name + ": ")
          .satisfies(
              e -> assertThat(e.getMessage()).doesNotContain("\n", "java", "null", "Exception"));
      refusedAlikeByItsHeader(source);
      return;
    }
    RgbImage image = Decoded.of(source);
    ImageDecoder.check(source);
    if (READ_HERE.containsKey(name)) {
      assertThat(image).usingRecursiveComparison().isEqualTo(Decoded.of(sameAs(name)));
      return;
    }
    assertThat(image.width() + " × " + image.height()).isEqualTo(fields[1] + " × " + fields[2]);
    if (ROUNDED.containsKey(name)) {
      double[] means = means(image);
      String[] expected = fields[4].split(" ");
      for (int i = 0; i < means.length; i++) {
        assertThat(means[i])
            .isCloseTo(Integer.parseInt(expected[i]) / 100.0, within(ROUNDED.get(name)));
      }
    } else {
      CRC32 crc = new CRC32();
      crc.update(image.samples());
      assertThat(crc.getValue()).isEqualTo(Long.parseLong(fields[3]));
    }
  }

  /** What looking at the header alone refuses, it refuses in the same words. */
  private static void refusedAlikeByItsHeader(Source source) {
    Throwable decoding = catchThrowable(() -> Decoded.of(source));
    Throwable checking = catchThrowable(() -> ImageDecoder.check(source));
    if (checking != null) {
      assertThat(checking).hasMessage(decoding.getMessage());
    }
  }

  /** The same picture in a kind that Pillow reads. */
  private static Source sameAs(String name) {
    return new Source.Bytes(name, FILES.get("rgb8-le.tif"));
  }

  private static double[] means(RgbImage image) {
    int rows = Math.min(8, image.height());
    int columns = Math.min(8, image.width());
    List<Double> means = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int[] y = part(image.height(), rows, r);
        int[] x = part(image.width(), columns, c);
        for (int k = 0; k < 3; k++) {
          double sum = 0;
          for (int j = y[0]; j < y[1]; j++) {
            for (int i = x[0]; i < x[1]; i++) {
              sum += image.samples()[3 * (j * image.width() + i) + k] & 0xFF;
            }
          }
          means.add(sum / ((y[1] - y[0]) * (x[1] - x[0])));
        }
      }
    }
    return means.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** As NumPy's array_split does it: the first parts are one longer. */
  private static int[] part(int length, int parts, int index) {
    int size = length / parts;
    int longer = length % parts;
    int begin = index * size + Math.min(index, longer);
    return new int[] {begin, begin + size + (index < longer ? 1 : 0)};
  }
}
