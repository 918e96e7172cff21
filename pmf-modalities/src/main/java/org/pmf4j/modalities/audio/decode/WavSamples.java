package org.pmf4j.modalities.audio.decode;

import java.nio.ByteBuffer;

/**
 * Samples that stand for themselves. A block is a frame.
 *
 * @param encoding of one sample
 * @param channels as claimed
 */
record WavSamples(WavEncoding encoding, int channels) implements WavCodec {
  @Override
  public int blockBytes() {
    return Math.max(1, channels * encoding.bytes());
  }

  @Override
  public long frames(long bytes) {
    return bytes / blockBytes();
  }

  @Override
  public float[] decode(ByteBuffer bytes) {
    float[] samples = new float[bytes.remaining() / blockBytes() * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = encoding.sample(bytes);
    }
    return samples;
  }
}
