package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.DecoderException;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.MP3Decoder;
import javazoom.jl.decoder.OutputBuffer;

/**
 * Samples of an MP3 file. Where its encoder said how many samples it put before and behind, they
 * are taken away, as mpg123 and libsndfile do; else every decoded sample is kept. A file with fewer
 * frames than its first one tells of is truncated if it ends in the midst of one, and else has been
 * cut by a program that left the number as it was, and is read.
 */
final class Mp3Sound implements Sound {
  /** The decoder's own full scale. */
  private static final float FULL_SCALE = 32_700f;

  /** What stands in for a tag that is not there. */
  private static final Mp3Gapless UNTAGGED = new Mp3Gapless(0, 0, 0);

  private final InputStream in;
  private final Mp3Frames frames;
  private final Mp3Header header;
  private final Mp3Gapless gapless;
  private final FrameStream source;
  private final Bitstream stream;
  private final MP3Decoder decoder = new MP3Decoder();
  private final Output output;
  private long decoded;

  private Mp3Sound(InputStream in, Mp3Frames frames, Mp3Gapless gapless, byte[] ahead) {
    this.in = in;
    this.frames = frames;
    this.header = frames.first();
    this.gapless = gapless;
    this.source = new FrameStream(frames, ahead);
    this.stream = new Bitstream(source);
    this.output = new Output(header.channels(), header.frameSize());
    decoder.setOutputBuffer(output);
  }

  static Mp3Sound open(InputStream in, Mp3Frames frames) throws IOException {
    Mp3Header header = frames.first();
    if (header.layer() != 3) {
      throw new BadAudioException(
          "MPEG audio of Layer "
              + "I".repeat(header.layer())
              + " is not supported (Layer III, MP3, is); convert it to WAV or FLAC");
    }
    if (header.length() == 0) {
      throw new BadAudioException("MP3 in free format is not supported; convert it to WAV or FLAC");
    }
    byte[] first = frames.next();
    if (first == null) {
      throw new BadAudioException(
          "the audio is truncated in its first MP3 frame; replace the file");
    }
    return Mp3Gapless.find(header, first)
        .map(tag -> new Mp3Sound(in, frames, tag, new byte[0]))
        .orElseGet(() -> new Mp3Sound(in, frames, UNTAGGED, first));
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
    return gapless.frames() > 0
        ? OptionalLong.of(Math.max(0, end() - first()))
        : OptionalLong.empty();
  }

  private long first() {
    return gapless.first();
  }

  private long end() {
    return gapless.end(header.frameSize());
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
    if (gapless.frames() > 0 && frames.endedWithin()) {
      throw new BadAudioException(
          String.format(
              Locale.ROOT,
              "the audio is truncated: the header tells of %d MP3 frames, %d are there; replace the file",
              gapless.frames(),
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
      output.begin();
      decoder.decodeFrame(frame, stream);
      stream.closeFrame();
      return true;
    } catch (BitstreamException | DecoderException e) {
      if (source.failure != null) {
        throw source.failure;
      }
      throw new BadAudioException(
          "the audio is damaged (an MP3 frame is broken); replace the file", e);
    }
  }

  /** The bytes of all frames and of nothing else. */
  private static final class FrameStream extends InputStream {
    private final Mp3Frames frames;
    private byte[] frame;
    private int at;

    /** Why there are no more bytes, which the decoder would tell in its own words. */
    private IOException failure;

    FrameStream(Mp3Frames frames, byte[] first) {
      this.frames = frames;
      this.frame = first;
    }

    private boolean filled() throws IOException {
      while (frame != null && at == frame.length) {
        at = 0;
        try {
          frame = frames.next();
        } catch (IOException e) {
          failure = e;
          throw e;
        }
      }
      return frame != null;
    }

    @Override
    public int read() throws IOException {
      return filled() ? frame[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!filled()) {
        return -1;
      }
      int count = Math.min(length, frame.length - at);
      System.arraycopy(frame, at, target, from, count);
      at += count;
      return count;
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
      // A frame whose beginning is lost, in the frames before the file's first, gives no samples.
      Arrays.fill(samples, 0);
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
