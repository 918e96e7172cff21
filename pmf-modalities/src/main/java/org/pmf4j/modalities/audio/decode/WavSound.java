package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.OptionalLong;

/** Samples of a WAV file. */
final class WavSound implements Sound {
  private static final int BLOCK_BYTES = 1 << 16;

  private final InputStream in;
  private final WavHeader header;
  private final int frameBytes;
  private long read;

  private WavSound(InputStream in, WavHeader header) {
    this.in = in;
    this.header = header;
    this.frameBytes = Math.max(1, header.channels() * header.encoding().bytes());
  }

  static WavSound open(InputStream in) throws IOException {
    return new WavSound(in, WavHeader.read(in));
  }

  @Override
  public int rate() {
    return header.rate();
  }

  @Override
  public int channels() {
    return header.channels();
  }

  @Override
  public OptionalLong frames() {
    return header.bytes() == WavHeader.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(header.bytes() / frameBytes);
  }

  @Override
  public float[] read() throws IOException {
    int wanted = BLOCK_BYTES / frameBytes * frameBytes;
    if (header.bytes() != WavHeader.UNKNOWN) {
      wanted = (int) Math.min(wanted, frames().orElseThrow() * frameBytes - read);
    }
    byte[] bytes = in.readNBytes(wanted);
    read += bytes.length;
    if (bytes.length < wanted && header.bytes() != WavHeader.UNKNOWN) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the audio is truncated: the header tells of %d bytes of samples, %d are there; replace the file",
              header.bytes(),
              read));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.length / frameBytes * header.channels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = header.encoding().sample(buffer);
    }
    return samples;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
