package org.pmf4j.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Bad data is refused in one clear line:")
class BadDataTest {
  @TempDir private Path folder;

  private void trainingIsRefused(Path table, Object... told) {
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--data", table)).wasRefused(told);
  }

  private Path withImage(String image) throws IOException {
    return FixtureSamples.table(
        folder, "image,text,label", FixtureSamples.IMAGE + ",a,x", image + ",b,y", image + ",c,x");
  }

  @Test
  @DisplayName("no file, an empty file, a header alone")
  void noRows() throws IOException {
    trainingIsRefused(folder.resolve("none.csv"), "none.csv", "no such file");
    Path empty = Files.createFile(folder.resolve("empty.csv"));
    trainingIsRefused(empty, "empty.csv", "empty");
    trainingIsRefused(FixtureSamples.table(folder, "image,text,label"), "table.csv", "no rows");
  }

  @Test
  @DisplayName("a missing column, with those there are")
  void missingColumn() throws IOException {
    trainingIsRefused(
        FixtureSamples.table(folder, "picture,text,label", "a.png,b,c"),
        "image",
        "picture",
        "label");
  }

  @Test
  @DisplayName("a row with too many cells, a row with nothing at all")
  void badRow() throws IOException {
    trainingIsRefused(
        FixtureSamples.table(folder, "image,text,label", FixtureSamples.IMAGE + ",a, b,x"),
        "row 1",
        "4",
        "3");
    trainingIsRefused(
        FixtureSamples.table(
            folder, "image,text,label", FixtureSamples.IMAGE + ",a,x", ",b,x", ",,y"),
        "row 3",
        "image, text",
        "blank");
  }

  @Test
  @DisplayName("text that is not UTF-8")
  void notUtf8() throws IOException {
    Path table = folder.resolve("latin.csv");
    Files.write(table, "image,text,label\na.png,\u00e4,x\n".getBytes(StandardCharsets.ISO_8859_1));
    trainingIsRefused(table, "latin.csv", "UTF-8");
  }

  @Test
  @DisplayName("an image that is missing, empty, cut off, or no image")
  void badImage() throws IOException {
    trainingIsRefused(withImage("none.png"), "none.png");
    Files.createFile(folder.resolve("empty.png"));
    trainingIsRefused(withImage("empty.png"), "empty.png");
    byte[] whole = Files.readAllBytes(FixtureSamples.IMAGE);
    Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    trainingIsRefused(withImage("cut.png"), "cut.png");
    Files.writeString(folder.resolve("text.png"), "no image at all");
    trainingIsRefused(withImage("text.png"), "text.png");
  }

  @Test
  @DisplayName("an image of 30,000 x 30,000 pixels in a small file")
  void hugeImage() throws IOException {
    Files.write(folder.resolve("huge.png"), png(30_000));
    trainingIsRefused(withImage("huge.png"), "huge.png", "30000");
  }

  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeLong(0x89504E470D0A1A0AL);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream h = new DataOutputStream(header);
    h.writeInt(side);
    h.writeInt(side);
    h.write(new byte[] {8, 2, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[1000]);
    deflater.finish();
    byte[] data = new byte[200];
    chunk(out, "IDAT", Arrays.copyOf(data, deflater.deflate(data)));
    deflater.end();
    chunk(out, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
