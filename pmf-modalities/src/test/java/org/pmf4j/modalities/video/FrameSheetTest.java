package org.pmf4j.modalities.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.image.ImageDecoder;
import org.pmf4j.modalities.image.RgbImage;

class FrameSheetTest {
  private static final List<Color> COLOURS =
      List.of(Color.RED, Color.GREEN, Color.BLUE, Color.BLACK, Color.ORANGE);

  @TempDir private Path folder;

  private Source frames(int count, int width, int height) throws IOException {
    Path video = Files.createDirectories(folder.resolve("video"));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < width * height; at++) {
        image.setRGB(at % width, at / width, COLOURS.get(i).getRGB());
      }
      ImageIO.write(image, "png", video.resolve("frame" + (i + 1) + ".png").toFile());
    }
    return new Source.File(video);
  }

  private static RgbImage shown(Source video) {
    Preview.Picture sheet = (Preview.Picture) new VideoModality().preview(video).orElseThrow();
    Source bytes = new Source.Bytes("a sheet", sheet.bytes());
    return ImageDecoder.decode(bytes, (width, height) -> new int[] {width, height}).image();
  }

  private static int[] size(RgbImage image) {
    return new int[] {image.width(), image.height()};
  }

  private static Color colour(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] s = image.samples();
    return new Color(s[at] & 0xFF, s[at + 1] & 0xFF, s[at + 2] & 0xFF);
  }

  @Test
  void fiveFramesShowTheFirstTwoBetweenAndTheLast() throws IOException {
    RgbImage sheet = shown(frames(5, 20, 10));
    assertThat(size(sheet)).containsExactly(42, 22);
    assertThat(colour(sheet, 5, 5)).isEqualTo(Color.RED);
    assertThat(colour(sheet, 30, 5)).isEqualTo(Color.GREEN);
    assertThat(colour(sheet, 5, 16)).isEqualTo(Color.BLUE);
    assertThat(colour(sheet, 30, 16)).isEqualTo(Color.ORANGE);
    assertThat(colour(sheet, 20, 5)).as("the gap").isEqualTo(Color.WHITE);
  }

  @Test
  void largeFramesFitIntoTheSideOfAPreview() throws IOException {
    assertThat(size(shown(frames(4, 640, 480)))).containsExactly(256, 192);
  }

  @Test
  void threeFramesShowEachOnce() throws IOException {
    RgbImage sheet = shown(frames(3, 10, 10));
    assertThat(size(sheet)).containsExactly(22, 22);
    assertThat(colour(sheet, 5, 16)).isEqualTo(Color.BLUE);
    assertThat(colour(sheet, 16, 16)).isEqualTo(Color.WHITE);
  }

  @Test
  void oneFrameIsThePicture() throws IOException {
    assertThat(size(shown(frames(1, 10, 8)))).containsExactly(10, 8);
  }

  @Test
  void anAnimationShowsItsFramesToo() {
    Source video = new Source.Bytes("a video", Videos.bytes("pillow.webp"));
    RgbImage sheet = shown(video);
    assertThat(sheet.width()).isBetween(2, 256);
    assertThat(sheet.height()).isBetween(2, 256);
  }

  @Test
  void aFileThatIsGoneIsToldByItsName() {
    Source gone = new Source.File(folder.resolve("gone.gif"));
    assertThatThrownBy(() -> new VideoModality().preview(gone))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("gone.gif");
  }
}
