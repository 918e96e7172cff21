package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

@DisplayName("Time and memory are bounded, whatever a file is or says:")
@Timeout(600)
class PictureLimitsTest {
  private static final int GREY = 0;
  private static final int RGB = 2;

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeAndADeviceAreNotOpened() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    String message = ": is a device, a pipe or a socket, not a file; copy the image to a file";
    refused(new Source.File(pipe)).hasMessage(pipe + message);
    refused(new Source.File(Path.of("/dev/zero"))).hasMessage("/dev/zero" + message);
  }

  @Test
  void linksInALoopAreNamed() throws IOException {
    Path one = folder.resolve("one.png");
    Path two = Files.createSymbolicLink(folder.resolve("two.png"), one);
    Files.createSymbolicLink(one, two);
    refused(new Source.File(one)).hasMessageStartingWith(one + ": cannot be opened; its path may");
  }

  @Test
  void aLinkToAPictureIsFollowed() throws IOException {
    Path picture = folder.resolve("rgb.png");
    Files.copy(Fixtures.path("images").resolve("rgb.png"), picture);
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), picture);
    assertThat(Decoded.of(new Source.File(link)).width()).isPositive();
  }

  @Test
  void aFileOfTooManyBytesIsNotRead() throws IOException {
    Path file = folder.resolve("large.png");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(PictureInput.MOST_BYTES + 1);
    }
    refused(new Source.File(file))
        .hasMessage(
            file
                + ": the file has 134217729 bytes, more than the limit of 134217728;"
                + " make the image smaller");
  }

  @Test
  void aLongThinPngIsRefusedByItsHeader() {
    refused(new Source.Bytes("thin.png", png(1, 20_000_000, 8, RGB, new byte[9])))
        .hasMessage(
            "thin.png: the image has 1 × 20000000 pixels, a side longer than the limit of 65536;"
                + " make it smaller");
  }

  @Test
  void textsAndProfilesAreNotUnpacked() throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    byte[] packed = deflated(1 << 20, 256);
    for (String kind : new String[] {"zTXt", "iCCP"}) {
      byte[] name = "Raw profile type exif\0\0".getBytes(StandardCharsets.US_ASCII);
      chunks.write(chunk(kind, joined(name, packed)));
    }
    byte[] name = "XML:com.adobe.xmp\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII);
    chunks.write(chunk("iTXt", joined(name, packed)));
    byte[] plain = png(8, 8, 8, GREY, new byte[72]);
    int header = 8 + 25;
    byte[] head = Arrays.copyOf(plain, header);
    byte[] rest = Arrays.copyOfRange(plain, header, plain.length);
    Source source = new Source.Bytes("text.png", joined(head, joined(chunks.toByteArray(), rest)));
    long start = System.nanoTime();
    assertThat(Decoded.of(source).width()).isEqualTo(8);
    // 768 MB take the reader itself seconds; a busy machine may still need a moment for nothing
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void sizesThatTheDataDoNotHoldEndInOneLine() {
    byte[] png = png(9000, 3000, 8, RGB, new byte[50]);
    refused(new Source.Bytes("lie.png", png))
        .hasMessageStartingWith("lie.png: the image is damaged or truncated (its PNG data end");
    byte[] tiff = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0, 1, 4, 0, -1, -1, -1, 0x7F, 0, 0, 0, 0};
    refused(new Source.Bytes("lie.tif", tiff)).hasMessageStartingWith("lie.tif: ");
  }

  @Test
  void moreThanCanBeDecodedAsItIsIsThinnedForASmallEncoderAndRefusedForALargeOne() {
    int width = 9000;
    int height = 4000;
    byte[] lines = new byte[(width + 1) * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        lines[y * (width + 1) + 1 + x] = (byte) (x / 40 + y / 100);
      }
    }
    Source source = new Source.Bytes("large.png", png(width, height, 8, GREY, lines));
    ImageDecoder.Decoded decoded = ImageDecoder.decode(source, (w, h) -> new int[] {30, 20});
    assertThat(decoded.width()).isEqualTo(width);
    assertThat(decoded.height()).isEqualTo(height);
    assertThat(decoded.image().width()).isEqualTo(width / 2);
    RgbImage small = Resize.to(decoded.image(), 30, 20, Filter.BILINEAR);
    // The ramp wraps round from 255 to 0 right of x = 7,000; left of that its means are known
    for (int y = 2; y < 18; y++) {
      for (int x = 2; x < 20; x++) {
        double mean = (x + 0.5) * 300 / 40 + (y + 0.5) * 200 / 100 - 1;
        assertThat((double) (small.samples()[3 * (30 * y + x)] & 0xFF))
            .isBetween(mean - 1, mean + 1);
      }
    }
    assertThatThrownBy(() -> ImageDecoder.decode(source, (w, h) -> new int[] {2000, 2000}))
        .hasMessage(
            "large.png: the image has 9000 × 4000 pixels, more than the limit of 33554432 for an"
                + " encoder that takes 2000 × 2000 of them; make it smaller");
  }

  @Test
  void anInterruptEndsADecodeAndIsKept() throws InterruptedException {
    Source source = new Source.Bytes("a.png", png(5000, 5000, 8, GREY, new byte[5001 * 5000]));
    Throwable[] thrown = new Throwable[1];
    boolean[] kept = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              do {
                thrown[0] = catchThrowable(() -> Decoded.of(source));
              } while (thrown[0] == null);
              kept[0] = Thread.currentThread().isInterrupted();
            });
    thread.start();
    Thread.sleep(50);
    thread.interrupt();
    thread.join();
    assertThat(thrown[0])
        .isInstanceOf(PmfException.class)
        .hasMessage("a.png: reading it was interrupted; nothing is wrong with the image");
    assertThat(((PmfException) thrown[0]).kind()).isEqualTo(ErrorKind.COMPUTATION);
    assertThat(kept[0]).isTrue();
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(Source source) {
    Throwable checking = catchThrowable(() -> new ImageModality().check(source));
    AbstractThrowableAssert<?, ? extends Throwable> decoding =
        assertThatThrownBy(() -> Decoded.of(source))
            .isInstanceOf(PmfException.class)
            .satisfies(e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.INPUT))
            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "java", "null"));
    return checking == null ? decoding : decoding.hasMessage(checking.getMessage());
  }

  private static byte[] png(int width, int height, int bits, int colour, byte[] lines) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) colour);
    byte[] sign = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    byte[] head = joined(sign, chunk("IHDR", header.array()));
    byte[] data = chunk("IDAT", deflated(lines, 1));
    return joined(joined(head, data), chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String kind, byte[] body) {
    ByteBuffer out = ByteBuffer.allocate(12 + body.length).putInt(body.length);
    out.put(kind.getBytes(StandardCharsets.US_ASCII)).put(body);
    CRC32 crc = new CRC32();
    crc.update(out.array(), 4, 4 + body.length);
    return out.putInt((int) crc.getValue()).array();
  }

  private static byte[] deflated(int size, int times) {
    return deflated(new byte[size], times);
  }

  private static byte[] deflated(byte[] bytes, int times) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      for (int i = 0; i < times; i++) {
        deflater.write(bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[] a, byte[] b) {
    byte[] out = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, out, a.length, b.length);
    return out;
  }
}
