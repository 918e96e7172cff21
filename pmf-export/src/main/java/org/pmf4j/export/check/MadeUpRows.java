package org.pmf4j.export.check;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.FusedModel;

/**
 * Rows of noise of the kinds of data that the framework itself reads, of several lengths: good
 * enough to see whether two engines compute the same. The same at every call. Has no state: any
 * thread may call it.
 */
public final class MadeUpRows {
  private static final int ROWS = 6;
  private static final int SIDE = 48;
  private static final int FRAMES = 20;
  private static final int RATE = 16_000;
  private static final long SEED = 20_230_618;
  private static final String[] WORDS = {
    "a", "small", "red", "house", "the", "two", "near", "bird", "of", "blue", "and", "lake", "runs"
  };

  private MadeUpRows() {}

  /**
   * Rows that have all modalities.
   *
   * @param columns that the model reads
   * @throws PmfException of the kind USAGE, if a modality reads a kind of data that cannot be made
   *     up
   */
  public static List<Example> of(FusedModel model, Columns columns) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Example> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Map<String, Source> sources = new LinkedHashMap<>();
      int row = i;
      model
          .encoders()
          .asMap()
          .forEach(
              (name, encoder) ->
                  sources.put(name, source(name, encoder.modality().name(), columns, row, random)));
      rows.add(Example.of(sources));
    }
    return rows;
  }

  private static Source source(
      String name, String kind, Columns columns, int row, SplittableRandom random) {
    return switch (kind) {
      case "text" -> new Source.Text(text(3 + 4 * row, random));
      case "image" -> new Source.Bytes("noise.png", picture(random));
      case "video" -> new Source.Bytes("noise.gif", film(random));
      case "audio" -> new Source.Bytes("noise.wav", sound(RATE + row * RATE / 4, random));
      case "tabular" -> cells(name, columns, random);
      default ->
          throw PmfException.usage(
              "no inputs can be made up for encoder "
                  + name
                  + " of kind "
                  + kind
                  + "; give --data");
    };
  }

  private static String text(int words, SplittableRandom random) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      all.add(WORDS[random.nextInt(WORDS.length)]);
    }
    return String.join(" ", all);
  }

  private static Source cells(String name, Columns columns, SplittableRandom random) {
    Map<String, String> cells = new LinkedHashMap<>();
    columns
        .named()
        .getOrDefault(name, List.of(name))
        .forEach(column -> cells.put(column, Integer.toString(random.nextInt(10))));
    return new Source.Row(cells);
  }

  private static BufferedImage noise(SplittableRandom random) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }

  private static byte[] picture(SplittableRandom random) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(noise(random), "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] film(SplittableRandom random) {
    ImageWriter gif = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      gif.setOutput(stream);
      gif.prepareWriteSequence(null);
      for (int i = 0; i < FRAMES; i++) {
        gif.writeToSequence(new IIOImage(noise(random), null, null), null);
      }
      gif.endWriteSequence();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      gif.dispose();
    }
    return out.toByteArray();
  }

  /** One channel of 16 bits. */
  private static byte[] sound(int samples, SplittableRandom random) {
    ByteBuffer wav = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      wav.putShort((short) (random.nextInt(1 << 14) - (1 << 13)));
    }
    return wav.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
