package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * IMA ADPCM as WAV files have it (format 17): a block holds a sample and a step size of each
 * channel, then turns of 8 differences of 4 bits for each. The definition is that of the
 * Interactive Multimedia Association, <i>Recommended Practices for Enhancing Digital Audio
 * Compatibility</i> (1992).
 *
 * @param channels 1 or 2
 * @param blockBytes of a whole block
 */
record ImaAdpcm(int channels, int blockBytes) implements WavCodec {
  static final int CODE = 0x11;

  /** Bytes of a channel in a block's header, and in a turn. */
  private static final int WORD = 4;

  private static final int IN_TURN = 8;

  /** How a difference changes the place among the steps, by its lower three bits. */
  private static final int[] INDEX = {-1, -1, -1, -1, 2, 4, 6, 8};

  private static final int[] STEPS = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73,
    80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494,
    544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499,
    2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
    11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767
  };

  /** Checks what the header says of the blocks. */
  static ImaAdpcm of(int channels, int blockBytes) throws BadAudioException {
    if (channels < 1
        || channels > 2
        || blockBytes <= WORD * channels
        || blockBytes % (WORD * channels) != 0) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "IMA ADPCM of %d channels in blocks of %d bytes is not supported; convert it to 16-bit"
                  + " PCM",
              channels,
              blockBytes));
    }
    return new ImaAdpcm(channels, blockBytes);
  }

  @Override
  public long frames(long bytes) {
    return bytes / blockBytes * inBlock(blockBytes) + inBlock((int) (bytes % blockBytes));
  }

  private int inBlock(int bytes) {
    int words = bytes / (WORD * channels);
    return words == 0 ? 0 : 1 + (words - 1) * IN_TURN;
  }

  @Override
  public float[] decode(ByteBuffer bytes) {
    float[] samples = new float[Math.toIntExact(frames(bytes.remaining()) * channels)];
    int at = 0;
    while (bytes.remaining() >= WORD * channels) {
      int size = Math.min(blockBytes, bytes.remaining());
      at = block(bytes.slice(bytes.position(), size).order(bytes.order()), samples, at);
      bytes.position(bytes.position() + size);
    }
    return samples;
  }

  /** Decodes a block to a place, and gives the place behind it. */
  private int block(ByteBuffer block, float[] samples, int at) {
    int frames = inBlock(block.remaining());
    for (int c = 0; c < channels; c++) {
      int sample = block.getShort(WORD * c);
      int index = Math.min(block.get(WORD * c + 2) & 0xFF, STEPS.length - 1);
      samples[at + c] = sample / 32768f;
      for (int i = 1; i < frames; i++) {
        int turn = (i - 1) / IN_TURN + 1;
        int half = (i - 1) % IN_TURN;
        int code = block.get((turn * channels + c) * WORD + half / 2) >> 4 * (half % 2) & 0xF;
        sample = clamped(sample + difference(code, STEPS[index]));
        index = Math.max(0, Math.min(STEPS.length - 1, index + INDEX[code & 7]));
        samples[at + i * channels + c] = sample / 32768f;
      }
    }
    return at + frames * channels;
  }

  private static int difference(int code, int step) {
    int d = step >> 3;
    d += (code & 1) != 0 ? step >> 2 : 0;
    d += (code & 2) != 0 ? step >> 1 : 0;
    d += (code & 4) != 0 ? step : 0;
    return (code & 8) != 0 ? -d : d;
  }

  static int clamped(int sample) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
  }
}
