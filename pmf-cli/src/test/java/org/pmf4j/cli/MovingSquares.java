package org.pmf4j.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Small videos of a white square on black that moves to the right or to the left, as animated GIFs
 * and as folders of pictures, with texts that tell nothing.
 */
final class MovingSquares {
  private static final int SIDE = 20;
  private static final int SQUARE = 5;
  private static final int FRAMES = 11;

  /** Codes of nine bits for 256 colours, before which the table is cleared often enough. */
  private static final int CLEAR = 256;

  private static final int BITS = 9;

  private MovingSquares() {}

  /** A table of twelve rows of video, text, label, every other video a folder. */
  static Path table(Path folder) throws IOException {
    List<String> rows = new ArrayList<>(List.of("video,text,label"));
    for (int i = 0; i < 12; i++) {
      boolean right = i % 4 < 2;
      String name = String.format(Locale.ROOT, i % 2 == 0 ? "clip%d.gif" : "clip%d", i);
      if (i % 2 == 0) {
        gif(folder.resolve(name), right, i);
      } else {
        pictures(folder.resolve(name), right, i);
      }
      rows.add(name + ",what moves here?," + (right ? "right" : "left"));
    }
    return Files.write(folder.resolve("videos.csv"), rows);
  }

  private static boolean isWhite(int frame, boolean right, int row, int x, int y) {
    int left = right ? frame : FRAMES - 1 - frame;
    return x >= left && x < left + SQUARE && y >= row && y < row + SQUARE;
  }

  /** frame1.png, frame2.png, …, frame11.png. */
  private static void pictures(Path folder, boolean right, int row) throws IOException {
    Files.createDirectories(folder);
    for (int t = 0; t < FRAMES; t++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          image.setRGB(x, y, isWhite(t, right, row, x, y) ? 0xFFFFFF : 0);
        }
      }
      ImageIO.write(image, "png", folder.resolve("frame" + (t + 1) + ".png").toFile());
    }
  }

  static Path gif(Path file, boolean right, int row) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
    ByteBuffer screen = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
    out.write(screen.putShort((short) SIDE).putShort((short) SIDE).put((byte) 0xF7).array());
    byte[] colours = new byte[3 * CLEAR];
    colours[3] = colours[4] = colours[5] = -1;
    out.write(colours);
    for (int t = 0; t < FRAMES; t++) {
      ByteBuffer head = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
      head.put((byte) ',').putInt(0).putShort((short) SIDE).putShort((short) SIDE);
      out.write(head.put((byte) 0).put((byte) 8).array());
      byte[] data = codes(t, right, row);
      for (int from = 0; from < data.length; from += 255) {
        int length = Math.min(255, data.length - from);
        out.write(length);
        out.write(data, from, length);
      }
      out.write(0);
    }
    out.write(';');
    return Files.write(file, out.toByteArray());
  }

  private static byte[] codes(int frame, boolean right, int row) {
    List<Integer> codes = new ArrayList<>();
    for (int i = 0; i < SIDE * SIDE; i++) {
      if (i % 200 == 0) {
        codes.add(CLEAR);
      }
      codes.add(isWhite(frame, right, row, i % SIDE, i / SIDE) ? 1 : 0);
    }
    codes.add(CLEAR + 1);
    byte[] bytes = new byte[(codes.size() * BITS + 7) / 8];
    for (int bit = 0; bit < codes.size() * BITS; bit++) {
      if ((codes.get(bit / BITS) >> bit % BITS & 1) != 0) {
        bytes[bit / 8] |= (byte) (1 << bit % 8);
      }
    }
    return bytes;
  }
}
