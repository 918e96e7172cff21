package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.MP3Decoder;
import javazoom.jl.decoder.OutputBuffer;

/**
 * Samples of an MP3 file. Where its encoder said how many samples it put before and behind, they
 * are taken away, as mpg123 and libsndfile do, and a missing end is found; else every decoded
 * sample is kept.
 */
final class Mp3Sound implements Sound {
  /** The decoder's own full scale. */
  private static final float FULL_SCALE = 32_700f;

  private final InputStream in;
  private final Mp3Header header;
  private final Optional<Mp3Gapless> gapless;
  private final Bitstream stream;
  private final MP3Decoder decoder = new MP3Decoder();
  private final Output output;
  private long decoded;

  private Mp3Sound(InputStream in, Mp3Header header, Optional<Mp3Gapless> gapless)
      throws IOException {
    this.in = in;
    this.header = header;
    this.gapless = gapless;
    this.stream = new Bitstream(in);
    this.output = new Output(header.channels(), header.frameSize());
    decoder.setOutputBuffer(output);
    if (gapless.isPresent()) {
      next();
    }
  }

  static Mp3Sound open(InputStream in) throws IOException {
    byte[] frame = Bytes.peek(in, Mp3Gapless.LONGEST);
    Mp3Header header = Mp3Header.find(frame).orElseThrow();
    return new Mp3Sound(in, header, Mp3Gapless.find(header, frame));
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
    return gapless.isPresent() && gapless.get().frames() > 0
        ? OptionalLong.of(Math.max(0, end() - first()))
        : OptionalLong.empty();
  }

  private long first() {
    return gapless.map(Mp3Gapless::first).orElse(0L);
  }

  private long end() {
    return gapless
        .filter(g -> g.frames() > 0)
        .map(g -> g.end(header.frameSize()))
        .orElse(Long.MAX_VALUE);
  }

  @Override
  public float[] read() throws IOException {
    while (decoded < end()) {
      if (!next()) {
        checkLength();
        return new float[0];
      }
      long from = decoded;
      decoded += header.frameSize();
      int skip = (int) Math.min(header.frameSize(), Math.max(0, first() - from));
      int keep = (int) Math.min(header.frameSize(), end() - from);
      if (skip < keep) {
        return Arrays.copyOfRange(output.samples, skip * channels(), keep * channels());
      }
    }
    return new float[0];
  }

  private void checkLength() throws BadAudioException {
    if (frames().isPresent()) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the audio is truncated: the header tells of %d MP3 frames, %d are there; replace the file",
              gapless.orElseThrow().frames(),
              decoded / header.frameSize()));
    }
  }

  /** Decodes a frame into {@link #output}; false at the end. */
  private boolean next() throws IOException {
    try {
      Header frame = stream.readFrame();
      if (frame == null) {
        return false;
      }
      int channels = frame.mode() == Header.SINGLE_CHANNEL ? 1 : 2;
      if (frame.frequency() != rate() || channels != channels() || frame.layer() != 3) {
        throw new BadAudioException("the audio is damaged (its format changes); replace the file");
      }
      output.begin();
      decoder.decodeFrame(frame, stream);
      stream.closeFrame();
      return true;
    } catch (BitstreamException | DecoderException e) {
      throw new IOException(e);
    }
  }

  /** Collects what the decoder gives in pieces of 32 samples of a channel, before it is rounded. */
  private static final class Output extends OutputBuffer {
    private final int channels;
    private final float[] samples;
    private final int[] filled;

    Output(int channels, int frameSize) {
      super(channels, false);
      this.channels = channels;
      this.samples = new float[frameSize * channels];
      this.filled = new int[channels];
    }

    void begin() {
      Arrays.fill(filled, 0);
    }

    @Override
    public void appendSamples(int channel, float[] piece) {
      for (float sample : piece) {
        samples[filled[channel]++ * channels + channel] = sample / FULL_SCALE;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
