package org.pmf4j.modalities.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.audio.decode.AudioDecoder;
import org.pmf4j.modalities.audio.decode.Sound;
import org.pmf4j.modalities.audio.feature.Demand;

/**
 * Makes short sounds of sounds: the beginning, mono, as WAV of 16 bits, which every browser plays.
 */
final class Excerpt {
  private static final int SECONDS = 8;
  private static final int HIGHEST_RATE = 16_000;
  private static final int HEADER = 44;
  private static final short PCM = 1;

  private Excerpt() {}

  /**
   * The first seconds of a source, at 16 kHz or its own lower rate: 256 KB at most.
   *
   * @throws org.pmf4j.api.error.PmfException as {@link AudioReader#read}
   */
  static Preview.Sound of(Source source) {
    int rate = Math.min(HIGHEST_RATE, rate(source));
    // One sample more tells whether there is more
    int most = SECONDS * rate;
    float[] read = AudioReader.read(source, new Demand(rate, most + 1, true));
    int samples = Math.min(most, read.length);
    return new Preview.Sound(
        "audio/wav", wav(read, samples, rate), (double) samples / rate, samples == read.length);
  }

  private static int rate(Source source) {
    try (Sound sound = AudioDecoder.open(source)) {
      return sound.rate();
    } catch (IOException e) {
      throw AudioDecoder.refusal(source.describe(), e);
    }
  }

  private static byte[] wav(float[] values, int samples, int rate) {
    int bytes = 2 * samples;
    ByteBuffer b = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    b.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVEfmt ")).putInt(16);
    b.putShort(PCM).putShort((short) 1).putInt(rate).putInt(2 * rate);
    b.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(bytes);
    for (int i = 0; i < samples; i++) {
      double value = Math.max(-1, Math.min(1, values[i]));
      b.putShort((short) Math.round(value * Short.MAX_VALUE));
    }
    return b.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
