package org.pmf4j.modalities.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameChoiceTest {
  static Stream<String> lines() throws IOException {
    try (InputStream in = FrameChoiceTest.class.getResourceAsStream("/videos/choices.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void framesAreThoseOfNumPy(String line) {
    String[] fields = line.split("\t");
    int count = Integer.parseInt(fields[1]);
    int[] expected = Stream.of(fields[2].split(" ")).mapToInt(Integer::parseInt).toArray();
    assertThat(new FrameChoice(count).of(Integer.parseInt(fields[0]))).isEqualTo(expected);
  }

  @Test
  void aVideoThatIsTooShortShowsFramesAgain() {
    assertThat(new FrameChoice(8).of(3)).containsExactly(0, 0, 0, 0, 1, 1, 1, 2);
  }
}
