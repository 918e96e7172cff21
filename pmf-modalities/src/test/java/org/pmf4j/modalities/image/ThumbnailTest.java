package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;

class ThumbnailTest {
  @TempDir Path folder;

  /** Red above, blue below. */
  private static byte[] picture(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      Color colour = i / width < height / 2 ? Color.RED : Color.BLUE;
      image.setRGB(i % width, i / width, colour.getRGB());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static Preview.Picture preview(byte[] bytes) {
    return (Preview.Picture)
        new ImageModality().preview(new Source.Bytes("a picture", bytes)).orElseThrow();
  }

  private static RgbImage shown(Preview.Picture preview) {
    return Decoded.of(new Source.Bytes("a thumbnail", preview.bytes()));
  }

  private static Color colour(RgbImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] s = image.samples();
    return new Color(s[at] & 0xFF, s[at + 1] & 0xFF, s[at + 2] & 0xFF);
  }

  @Test
  void aLargePictureIsSmallAndKeepsItsProportions() throws IOException {
    Preview.Picture preview = preview(picture(1000, 500));
    RgbImage shown = shown(preview);
    assertThat(preview.mediaType()).isEqualTo("image/jpeg");
    assertThat(new int[] {shown.width(), shown.height()}).containsExactly(256, 128);
    Color above = colour(shown, 128, 20);
    Color below = colour(shown, 128, 108);
    // JPEG is off by a few levels of 256
    assertThat(above.getRed()).isGreaterThan(230);
    assertThat(above.getBlue()).isLessThan(30);
    assertThat(below.getBlue()).isGreaterThan(230);
  }

  @Test
  void aTinyPictureKeepsEachPixel() throws IOException {
    Preview.Picture preview = preview(picture(5, 4));
    RgbImage shown = shown(preview);
    assertThat(preview.mediaType()).isEqualTo("image/png");
    assertThat(new int[] {shown.width(), shown.height()}).containsExactly(5, 4);
    assertThat(colour(shown, 4, 1)).isEqualTo(Color.RED);
    assertThat(colour(shown, 0, 2)).isEqualTo(Color.BLUE);
  }

  @Test
  void aLineOfPixelsStaysALine() throws IOException {
    RgbImage shown = shown(preview(picture(3000, 1)));
    assertThat(new int[] {shown.width(), shown.height()}).containsExactly(256, 1);
  }

  @Test
  void aFileThatIsGoneIsToldByItsName() {
    Source gone = new Source.File(folder.resolve("gone.png"));
    assertThatThrownBy(() -> new ImageModality().preview(gone))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("gone.png");
  }
}
