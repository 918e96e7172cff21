package org.pmf4j.modalities.audio;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

/** The files that make_audio_fixtures.py made, and WAV files made here. */
public final class Clips {
  private Clips() {}

  /** A clip. */
  public static Source source(String name) {
    return new Source.File(path(name));
  }

  /** Its file. */
  public static Path path(String name) {
    return Fixtures.path("audio/clips").resolve(name);
  }

  /** Its bytes. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cases of decoded, resampled or features. */
  public static Stream<JsonNode> cases(String kind) {
    return StreamSupport.stream(Fixtures.json("audio/" + kind + ".json").spliterator(), false);
  }

  /** Expected values of such a case. */
  public static float[] expected(String kind, int offset, int count) {
    try {
      FloatBuffer all =
          ByteBuffer.wrap(Files.readAllBytes(Fixtures.path("audio/" + kind + ".f32")))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      float[] values = new float[count];
      all.position(offset).get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The largest difference of two arrays of one length. */
  public static double difference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double d = Math.abs((double) a[i] - b[i]);
      largest = Math.max(largest, Double.isNaN(d) ? Double.POSITIVE_INFINITY : d);
    }
    return largest;
  }

  /** A preprocessor with these settings. */
  public static Preprocessor preprocessor(Path folder, String json) {
    write(folder, json);
    return new AudioModality().preprocessor(folder, "");
  }

  /** Writes preprocessor_config.json. */
  public static void write(Path folder, String json) {
    try {
      Files.writeString(folder.resolve("preprocessor_config.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A WAV file.
   *
   * @param format 1 for PCM, 3 for float, else what a test wants refused
   * @param claimed bytes of samples that its header tells of
   * @param samples the bytes that follow
   */
  public static byte[] wav(
      int format, int channels, int rate, int bits, int claimed, byte[] samples) {
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put(ascii("RIFF")).putInt(claimed + 36).put(ascii("WAVEfmt ")).putInt(16);
    header.putShort((short) format).putShort((short) channels).putInt(rate);
    int frame = channels * bits / 8;
    header.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
    header.put(ascii("data")).putInt(claimed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.array());
    out.writeBytes(samples);
    return out.toByteArray();
  }

  /** A mono WAV file of single-precision samples. */
  public static byte[] wav(int rate, float... samples) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(samples);
    return wav(3, 1, rate, 32, bytes.capacity(), bytes.array());
  }

  /** ASCII bytes. */
  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
