package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * Microsoft's ADPCM (format 2): a block begins with a predictor, a step size and two samples of
 * each channel; 4 bits tell how far each further sample is from what the two before it predict. The
 * definition is that of Microsoft's <i>Multimedia Standards Update</i> (1994).
 *
 * @param channels 1 or 2
 * @param blockBytes of a whole block
 */
record MsAdpcm(int channels, int blockBytes) implements WavCodec {
  static final int CODE = 2;

  /** Bytes of a channel in a block's header. */
  private static final int HEADER = 7;

  private static final int LEAST_STEP = 16;

  private static final int[] ADAPTATION = {
    230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230
  };

  private static final int[] LAST = {256, 512, 0, 192, 240, 460, 392};
  private static final int[] BEFORE_LAST = {0, -256, 0, 64, 0, -208, -232};

  /**
   * Checks what the header says of the blocks.
   *
   * @param extra of the format chunk, behind its length: samples in a block, then predictors
   */
  static MsAdpcm of(int channels, int blockBytes, ByteBuffer extra) throws BadAudioException {
    if (channels < 1
        || channels > 2
        || blockBytes <= HEADER * channels
        || blockBytes % channels != 0) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "Microsoft ADPCM of %d channels in blocks of %d bytes is not supported; convert it to"
                  + " 16-bit PCM",
              channels,
              blockBytes));
    }
    if (!usual(extra)) {
      throw new BadAudioException(
          "Microsoft ADPCM with predictors of its own is not supported; convert it to 16-bit PCM");
    }
    return new MsAdpcm(channels, blockBytes);
  }

  /** True if the header names the seven predictors that every file has, or none. */
  private static boolean usual(ByteBuffer extra) {
    if (extra.remaining() < 4) {
      return true;
    }
    int count = Short.toUnsignedInt(extra.getShort(2));
    if (count > LAST.length) {
      return false;
    }
    for (int i = 0; i < count && 8 + 4 * i <= extra.limit(); i++) {
      if (extra.getShort(4 + 4 * i) != LAST[i] || extra.getShort(6 + 4 * i) != BEFORE_LAST[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long frames(long bytes) {
    return bytes / blockBytes * inBlock(blockBytes) + inBlock((int) (bytes % blockBytes));
  }

  private int inBlock(int bytes) {
    int header = HEADER * channels;
    return bytes < header ? 0 : 2 + (bytes - header) * 2 / channels;
  }

  @Override
  public float[] decode(ByteBuffer bytes) throws BadAudioException {
    float[] samples = new float[Math.toIntExact(frames(bytes.remaining()) * channels)];
    int at = 0;
    while (bytes.remaining() >= HEADER * channels) {
      int size = Math.min(blockBytes, bytes.remaining());
      at = block(bytes.slice(bytes.position(), size).order(bytes.order()), samples, at);
      bytes.position(bytes.position() + size);
    }
    return samples;
  }

  /** Decodes a block to a place, and gives the place behind it. */
  private int block(ByteBuffer block, float[] samples, int at) throws BadAudioException {
    int frames = inBlock(block.remaining());
    for (int c = 0; c < channels; c++) {
      int predictor = block.get(c) & 0xFF;
      if (predictor >= LAST.length) {
        throw new BadAudioException(
            "the audio is damaged (a block of Microsoft ADPCM asks for predictor "
                + predictor
                + "); replace the file");
      }
      int step = block.getShort(channels + 2 * c);
      int last = block.getShort(3 * channels + 2 * c);
      int before = block.getShort(5 * channels + 2 * c);
      samples[at + c] = before / 32768f;
      samples[at + channels + c] = last / 32768f;
      for (int i = 2; i < frames; i++) {
        int nibble = (i - 2) * channels + c;
        int code = block.get(HEADER * channels + nibble / 2) >> 4 * (1 - nibble % 2) & 0xF;
        int difference = (code >= 8 ? code - 16 : code) * step;
        int predicted = last * LAST[predictor] + before * BEFORE_LAST[predictor] >> 8;
        before = last;
        last = ImaAdpcm.clamped(predicted + difference);
        // 16 bits of it are kept, as libsndfile does where damage lets it grow beyond.
        step = Math.max(LEAST_STEP, (short) (ADAPTATION[code] * step >> 8));
        samples[at + i * channels + c] = last / 32768f;
      }
    }
    return at + frames * channels;
  }
}
