package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.OptionalLong;

/** Samples of a WAV file. */
final class WavSound implements Sound {
  private static final int READ_AT_ONCE = 1 << 16;

  private final InputStream in;
  private final WavHeader header;
  private long read;

  private WavSound(InputStream in, WavHeader header) {
    this.in = in;
    this.header = header;
  }

  static WavSound open(InputStream in) throws IOException {
    return new WavSound(in, WavHeader.read(in));
  }

  @Override
  public int rate() {
    return header.format().rate();
  }

  @Override
  public int channels() {
    return header.format().channels();
  }

  @Override
  public OptionalLong frames() {
    return header.bytes().isPresent()
        ? OptionalLong.of(codec().frames(header.bytes().getAsLong()))
        : OptionalLong.empty();
  }

  private WavCodec codec() {
    return header.format().codec();
  }

  @Override
  public float[] read() throws IOException {
    int block = codec().blockBytes();
    long left = header.bytes().orElse(Long.MAX_VALUE) - read;
    int wanted = (int) Math.min(Math.max(1L, READ_AT_ONCE / block) * block, left);
    byte[] bytes = in.readNBytes(wanted);
    read += bytes.length;
    if (bytes.length < wanted && header.bytes().isPresent()) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the audio is truncated: the header tells of %d bytes of samples, %d are there; replace the file",
              header.bytes().getAsLong(),
              read));
    }
    return codec().decode(ByteBuffer.wrap(bytes).order(header.order()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
