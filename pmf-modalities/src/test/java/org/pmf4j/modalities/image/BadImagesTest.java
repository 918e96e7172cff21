package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

@DisplayName("An image that cannot be read is refused in one line that names it:")
class BadImagesTest {
  @TempDir Path folder;

  @Test
  void aMissingFile() {
    Path path = folder.resolve("gone.png");
    refused(new Source.File(path)).hasMessage(path + ": there is no such image file");
  }

  @Test
  void aFolder() {
    refused(new Source.File(folder)).hasMessage(folder + ": is a folder, not an image");
  }

  @Test
  void anEmptyFile() throws IOException {
    Path path = Files.createFile(folder.resolve("empty.jpg"));
    refused(new Source.File(path)).hasMessage(path + ": the image is empty (0 bytes)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.jpg",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "rgb.png",
        "palette.png",
        "rgb.bmp",
        "palette.gif",
        "lossy.webp",
        "lossless.webp",
        "rgb.tif",
        "lzw.tif",
        "rgb_16bit.png"
      })
  void aTruncatedFile(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("images").resolve(name));
    for (int part : new int[] {40, 75, 95}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 100);
      refused(new Source.Bytes(name, cut)).hasMessageStartingWith(name + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.jpg", "rgb.png", "rgb.bmp", "palette.gif", "lossy.webp", "rgb.tif"})
  void aFileCutInItsHeader(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.path("images").resolve(name));
    for (int length : new int[] {1, 4, 8, 13, 24}) {
      refused(new Source.Bytes(name, Arrays.copyOf(whole, length)))
          .hasMessageStartingWith(name + ": ");
    }
  }

  @Test
  void aFileThatIsNoImage() {
    byte[] text = "id,label\n1,yes\n".getBytes(StandardCharsets.UTF_8);
    refused(new Source.Bytes("table.png", text))
        .hasMessage(
            "table.png: is not an image in a known format (JPEG, PNG, WebP, TIFF, GIF, BMP)");
  }

  @Test
  void aText() {
    refused(new Source.Text("a red circle"))
        .hasMessage("\"a red circle\": an image is a file, not a text");
  }

  @Test
  void aDecompressionBombByItsHeaderAlone() throws IOException {
    byte[] png = Files.readAllBytes(Fixtures.path("images").resolve("rgb.png"));
    byte[] claim = {0, 0, (byte) 0xC3, 0x50, 0, 0, (byte) 0xC3, 0x50};
    System.arraycopy(claim, 0, png, 16, claim.length);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    refused(new Source.Bytes("bomb.png", png))
        .hasMessage(
            "bomb.png: the image has 50000 × 50000 pixels, more than the limit of 178956970;"
                + " make it smaller");
  }

  @Test
  void aPathThatIsNone() {
    assertThatThrownBy(() -> new ImageModality().parse("a\0b.png", folder))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is no path of a file");
  }

  @Test
  @DisplayName("an encoder without preprocessor_config.json")
  void noSettings() {
    assertThatThrownBy(() -> new ImageModality().preprocessor(folder, "vit"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(
            folder
                + ": preprocessor_config.json is missing; save the encoder's image processor there,"
                + " for example by ViTImageProcessor.from_pretrained(MODEL)");
  }

  @ParameterizedTest(name = "settings with {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"image_processor_type\": \"OwlImageProcessor\"} | \"image_processor_type\" must be one of",
        "{\"resample\": 7} | \"resample\" must be a filter of Pillow, 0 to 5, found 7",
        "{\"size\": {\"longest_edge\": 9}} | \"size\" must be a number, {height, width}",
        "{\"size\": {\"height\": 0, \"width\": 9}} | \"height\" must be a whole number above 0",
        "{\"image_std\": [0.5, 0, 0.5]} | \"image_std\" must be without zeros",
        "{\"image_mean\": [0.5, 0.5]} | \"image_mean\" must be a number or a list of three",
        "{\"do_resize\": \"yes\"} | \"do_resize\" must be true or false",
        "{\"size\": | line 1 is not JSON",
        "[1, 2] | line 1 is not JSON: expected '{', found '['",
        "{\"size\": {\"max_height\": 9, \"max_width\": 9}} | \"size\" must be a number, {height",
        "{\"size\": {\"shortest_edge\": 9, \"longest_edge\": 12}} | \"size\" must be a number,",
        "{\"size\": [9, 9, 9]} | \"size\" must be a number, {height, width}",
        "{\"size\": {\"height\": 99999, \"width\": 99999}} | \"size\" must be at most 178956970 pix",
        "{\"size\": 1e300} | \"size\" must be at most 2147483647, found 1.0E300",
        "{\"size\": \"224\"} | \"size\" must be a number, {height, width} or {shortest_edge}, found",
        "{\"resample\": \"fancy\"} | \"resample\" must be a filter of Pillow, 0 to 5, found fancy",
        "{\"rescale_factor\": Infinity} | \"rescale_factor\" must be a finite number",
        "{\"do_pad\": true} | \"do_pad\" is true: padding is not supported; resize or crop",
        "{\"pad_size\": {\"height\": 9, \"width\": 9}} | \"pad_size\" is {height: 9, width: 9}: padd",
        "{\"data_format\": \"channels_last\"} | \"data_format\" is channels_last: channels must come",
        "{\"input_data_format\": \"channels_first\"} | pictures are read as they are stored",
        "{\"do_center_crop\": true} | \"do_center_crop\" is true, but there is no \"crop_size\"",
        "{\"default_to_square\": false} | \"default_to_square\" must be true for ViTImageProcessor",
        "{\"offset\": true} | \"offset\" is true: an offset before scaling is not supported",
        "{\"size\": 9, \"size\": 10} | line 1 is not JSON: \"size\" stands there twice",
      })
  void wrongSettings(String json, String message) throws IOException {
    Path file = Files.writeString(folder.resolve("preprocessor_config.json"), json);
    assertThatThrownBy(() -> new ImageModality().preprocessor(folder, "vit"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Source source) {
    try (Preprocessor preprocessor = ViT.preprocessor(folder)) {
      return assertThatThrownBy(() -> preprocessor.prepare(source))
          .isInstanceOf(PmfException.class)
          .satisfies(e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.INPUT))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }
}
