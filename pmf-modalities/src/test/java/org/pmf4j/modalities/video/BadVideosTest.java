package org.pmf4j.modalities.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.modalities.Fixtures;

@DisplayName("What is no video is refused in one line that says what to do:")
class BadVideosTest {
  private static final String ADVICE =
      "give an animated GIF or WebP, or a folder of its frames as pictures, as ffmpeg -i FILE"
          + " FOLDER/%05d.png writes one";

  private static final int COPIES = 40;

  @TempDir private Path folder;
  private Preprocessor preprocessor;

  @BeforeEach
  void encoder() throws IOException {
    Path encoder = Files.createDirectory(folder.resolve("encoder"));
    Files.writeString(
        encoder.resolve("config.json"), "{\"model_type\": \"videomae\", \"num_frames\": 4}");
    Files.writeString(
        encoder.resolve("preprocessor_config.json"),
        "{\"size\": {\"shortest_edge\": 20}, \"crop_size\": {\"height\": 18, \"width\": 18}}");
    preprocessor = new VideoModality().preprocessor(encoder, "videomae");
  }

  /** By its header already, and in the same words when it is prepared. */
  private AbstractThrowableAssert<?, ? extends Throwable> refused(Source source) {
    String found = refusal(source);
    return assertThatThrownBy(() -> new VideoModality().check(source)).hasMessage(found);
  }

  private String refusal(Source source) {
    try {
      preprocessor.prepare(source);
    } catch (PmfException e) {
      assertThat(e.getMessage()).doesNotContain("\n", "java", "Exception", "null");
      return e.getMessage();
    }
    throw new AssertionError(source.describe() + " was read");
  }

  @ParameterizedTest(name = "a file of {0}")
  @CsvSource({
    "a video (MP4 or QuickTime),   0 0 0 24 66 74 79 70 69 73 6f 6d 0 0 2 0",
    "a video (WebM or Matroska),   1a 45 df a3 a3 42 86 81 1 42 f7 81",
    "a video (AVI),                52 49 46 46 24 0 0 0 41 56 49 20 4c 49 53 54",
    "a video (QuickTime),          0 0 0 8 77 69 64 65 0 0 0 0",
    "a video (MPEG),               0 0 1 ba 44 0 4 0",
    "a video (FLV),                46 4c 56 1 5 0 0 0",
    "a video (WMV or ASF),         30 26 b2 75 8e 66 cf 11 a6 d9",
    "a video (MPEG transport stream), 47 40 0 10 0",
    "Ogg,                          4f 67 67 53 0 2",
  })
  void aContainer(String what, String hex) {
    byte[] file = new byte[600];
    String[] numbers = hex.split(" ");
    for (int i = 0; i < numbers.length; i++) {
      file[i] = (byte) Integer.parseInt(numbers[i], 16);
    }
    file[188] = 0x47;
    file[376] = 0x47;
    refused(new Source.Bytes("clip", file))
        .hasMessage("clip: is " + what + ", which is not read; " + ADVICE);
  }

  @ParameterizedTest
  @CsvSource({"rgb.png, PNG", "rgb.jpg, JPEG", "rgb.tif, TIFF", "rgb.bmp, BMP"})
  void aPicture(String name, String format) {
    Path file = Fixtures.path("images").resolve(name);
    refused(new Source.File(file))
        .hasMessage(
            file + ": is " + format + ", of which one picture is read, and no video; " + ADVICE);
  }

  @Test
  void whatIsNotThereOrNoFile() throws IOException {
    Path gone = folder.resolve("gone.gif");
    refused(new Source.File(gone)).hasMessage(gone + ": there is no such video file");
    refused(new Source.Text("a cat")).hasMessage("\"a cat\": a video is a file, not a text");
    Path empty = Files.createFile(folder.resolve("empty.gif"));
    refused(new Source.File(empty)).hasMessage(empty + ": the video is empty (0 bytes)");
    refused(new Source.Bytes("x.gif", "not a video at all".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("x.gif: is not a video in a known format (animated GIF, animated WebP)");
  }

  @Test
  void aFolderWithSomethingElseInIt() throws IOException {
    Path frames = Videos.folder(folder.resolve("frames"), List.of("rgb.png", "grey.png"));
    Files.writeString(frames.resolve(".DS_Store"), "passed over");
    new VideoModality().check(new Source.File(frames));
    Path notes = Files.writeString(frames.resolve("notes.txt"), "this is no picture");
    refused(new Source.File(frames)).hasMessageStartingWith(notes + ": is not an image");
    Files.delete(notes);
    Path below = Files.createDirectory(frames.resolve("below"));
    refused(new Source.File(frames)).hasMessage(below + ": is a folder, not an image");
    Files.delete(below);
    Path cut = frames.resolve("frame3.png");
    byte[] whole = Files.readAllBytes(frames.resolve("frame1.png"));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThat(refusal(new Source.File(frames)))
        .startsWith(cut + ": the image is damaged or truncated (");
  }

  @Test
  void aFolderWithNothingInIt() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("nothing"));
    refused(new Source.File(empty))
        .hasMessage(empty + ": is a folder without pictures, and no video");
    Files.writeString(empty.resolve(".hidden"), "");
    refused(new Source.File(empty))
        .hasMessage(empty + ": is a folder without pictures, and no video");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pillow.gif", "pillow.webp", "random20.webp"})
  void aFileThatEndsTooEarly(String name) {
    byte[] whole = Videos.bytes(name);
    for (int part : new int[] {1, 5, 20, 60, 90}) {
      byte[] cut = Arrays.copyOf(whole, whole.length * part / 100);
      assertThat(refusal(new Source.Bytes(name, cut))).startsWith(name + ": ");
    }
  }

  @Test
  void aCanvasTooLargeByItsHeaderAlone() {
    byte[] gif = Videos.bytes("pillow.gif");
    ByteBuffer.wrap(gif).putShort(6, (short) 0x7017).putShort(8, (short) 0x7017);
    refused(new Source.Bytes("large.gif", gif))
        .hasMessage(
            "large.gif: the image has 6000 × 6000 pixels, more than the limit of 33554432 for an"
                + " animated GIF; make it smaller");
  }

  @Test
  void tooManyFrames() {
    byte[] whole = Videos.bytes("one.gif");
    int colours = 13 + (3 << (whole[10] & 7) + 1);
    int end = whole.length - 1;
    ByteBuffer many = ByteBuffer.allocate(colours + (end - colours) * 65_537);
    many.put(whole, 0, colours);
    while (many.hasRemaining()) {
      many.put(whole, colours, end - colours);
    }
    assertThat(refusal(new Source.Bytes("long.gif", many.array())))
        .isEqualTo("long.gif: has more than 65536 frames, the limit; cut it into shorter ones");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pillow.gif", "random31.gif", "grey04.gif", "pillow.webp", "random20.webp"})
  void wrongBytesAreAVideoOrARefusal(String name) {
    byte[] whole = Videos.bytes(name);
    long seed = name.hashCode();
    System.out.println(name + ": seed " + seed);
    Random random = new Random(seed);
    for (int copy = 0; copy < COPIES; copy++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i <= copy % 5; i++) {
        damaged[random.nextInt(copy % 2 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
      }
      try {
        HostTensor pixels =
            preprocessor.prepare(new Source.Bytes(name, damaged)).get("pixel_values");
        assertThat(pixels.shape().dims()).containsExactly(4, 3, 18, 18);
      } catch (PmfException e) {
        assertThat(e.getMessage()).startsWith(name + ": ").doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1500, at most 1024",
    "0, a whole number above 0",
    "2.5, a whole number above 0",
  })
  void aNumberOfFramesThatNoEncoderTakes(String frames, String expected) throws IOException {
    Path encoder = folder.resolve("encoder");
    Files.writeString(encoder.resolve("config.json"), "{\"num_frames\": " + frames + "}");
    assertThatThrownBy(() -> new VideoModality().preprocessor(encoder, "videomae"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            encoder.resolve("config.json")
                + ": \"num_frames\" must be "
                + expected
                + ", found "
                + frames);
  }
}
