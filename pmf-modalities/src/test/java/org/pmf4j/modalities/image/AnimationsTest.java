package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * Every animation that make_videos.py writes, frame by frame, against what Pillow 13 makes of it.
 */
class AnimationsTest {
  /** Pillow stumbles over a palette that comes where there was none; here the frame is read. */
  private static final String STUMBLES = "coloured-later2.gif";

  private static final Map<String, byte[]> FILES = files();

  private static Map<String, byte[]> files() {
    Map<String, byte[]> files = new HashMap<>();
    try (InputStream in = AnimationsTest.class.getResourceAsStream("/videos/videos.zip");
        ZipInputStream zip = new ZipInputStream(in, StandardCharsets.UTF_8)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        files.put(e.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static Stream<String> lines() {
    return new String(FILES.get("expected.tsv"), StandardCharsets.UTF_8).lines();
  }

  private static List<RgbImage> decode(Source source, AnimationDecoder.Choice choice) {
    List<RgbImage> frames = new ArrayList<>();
    AnimationDecoder.decode(
        source,
        choice,
        (place, times, image) -> {
          assertThat(place).isEqualTo(frames.size());
          IntStream.range(0, times).forEach(i -> frames.add(image));
        });
    return frames;
  }

  private static List<RgbImage> all(Source source) {
    return decode(source, n -> IntStream.range(0, n).toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void everyFrameIsPillows(String line) {
    String[] fields = line.split("\t");
    Source source = new Source.Bytes(fields[0], FILES.get(fields[0]));
    if (fields[0].equals(STUMBLES)) {
      assertThat(all(source)).isNotEmpty();
      return;
    }
    if (fields[1].equals("refused")) {
      assertThatThrownBy(() -> all(source))
          .isInstanceOf(PmfException.class)
          .hasMessageStartingWith(fields[0] + ": the video is damaged or truncated (")
          .message()
          .doesNotContain("\n", "java", "null", "Exception");
      return;
    }
    List<String> found =
        all(source).stream()
            .map(frame -> frame.width() + " " + frame.height() + " " + checksum(frame))
            .toList();
    assertThat(found).isEqualTo(Arrays.asList(fields).subList(1, fields.length));
    AnimationDecoder.check(source);
  }

  @Test
  void framesThatAreNotWantedAreLeftOut() {
    Source source = new Source.Bytes("pillow.gif", FILES.get("pillow.gif"));
    List<RgbImage> every = all(source);
    List<RgbImage> some = decode(source, n -> new int[] {1, 1, 4, 7, 7, 7});
    assertThat(some)
        .usingRecursiveComparison()
        .isEqualTo(
            List.of(
                every.get(1),
                every.get(1),
                every.get(4),
                every.get(7),
                every.get(7),
                every.get(7)));
  }

  @Test
  void whatIsBrokenBehindTheLastThatIsWantedIsNotRead() {
    Source cut = new Source.Bytes("cut-late.gif", FILES.get("cut-late.gif"));
    assertThat(decode(cut, n -> new int[] {0, 2})).hasSize(2);
  }

  @Test
  void theFirstFrameIsTheImage() {
    for (String name : List.of("random05.gif", "random11.webp", "pillow-exif6.webp")) {
      Source source = new Source.Bytes(name, FILES.get(name));
      assertThat(all(source).get(0)).usingRecursiveComparison().isEqualTo(Decoded.of(source));
    }
  }

  private static long checksum(RgbImage image) {
    CRC32 crc = new CRC32();
    crc.update(image.samples());
    return crc.getValue();
  }
}
