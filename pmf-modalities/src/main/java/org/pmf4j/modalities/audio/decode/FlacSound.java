package org.pmf4j.modalities.audio.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.OptionalLong;
import org.jflac.ChannelData;
import org.jflac.FLACDecoder;
import org.jflac.FrameListener;
import org.jflac.frame.Frame;
import org.jflac.metadata.Metadata;
import org.jflac.metadata.StreamInfo;

/**
 * Samples of a FLAC file. Of its metadata the decoder sees STREAMINFO alone: a comment or a picture
 * could claim any size.
 */
final class FlacSound implements Sound {
  private static final int STREAM_INFO = 0;
  private static final int STREAM_INFO_BYTES = 34;

  private final InputStream in;
  private final FLACDecoder decoder;
  private final StreamInfo info;
  private long read;

  private FlacSound(InputStream in, FLACDecoder decoder, StreamInfo info) {
    this.in = in;
    this.decoder = decoder;
    this.info = info;
  }

  static FlacSound open(InputStream in) throws IOException {
    byte[] head = Bytes.read(in, 4 + 4 + STREAM_INFO_BYTES, "the FLAC header");
    boolean last = (head[4] & 0x80) != 0;
    if ((head[4] & 0x7F) != STREAM_INFO || size(head, 5) != STREAM_INFO_BYTES) {
      throw new BadAudioException("the FLAC file does not begin with its stream information");
    }
    while (!last) {
      byte[] block = Bytes.read(in, 4, "the FLAC metadata");
      last = (block[0] & 0x80) != 0;
      in.skipNBytes(size(block, 1));
    }
    head[4] = (byte) 0x80;
    FLACDecoder decoder =
        new FLACDecoder(new SequenceInputStream(new ByteArrayInputStream(head), in));
    decoder.addFrameListener(new Strict());
    decoder.readMetadata();
    return new FlacSound(in, decoder, decoder.getStreamInfo());
  }

  private static int size(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 16 | (bytes[at + 1] & 0xFF) << 8 | bytes[at + 2] & 0xFF;
  }

  @Override
  public int rate() {
    return info.getSampleRate();
  }

  @Override
  public int channels() {
    return info.getChannels();
  }

  @Override
  public OptionalLong frames() {
    long frames = info.getTotalSamples();
    return frames == 0 ? OptionalLong.empty() : OptionalLong.of(frames);
  }

  @Override
  public float[] read() throws IOException {
    if (frames().isPresent() && read >= frames().getAsLong()) {
      return new float[0];
    }
    Frame frame = next();
    if (frame == null) {
      if (frames().isPresent()) {
        throw new BadAudioException(
            String.format(
                Locale.ROOT,
                "the audio is truncated: the header tells of %d samples, %d are there; replace the file",
                frames().getAsLong(),
                read));
      }
      return new float[0];
    }
    if (frame.header.channels != channels() || frame.header.sampleRate != rate()) {
      throw new BadAudioException("the audio is damaged (its format changes); replace the file");
    }
    read += frame.header.blockSize;
    return samples(frame.header.blockSize);
  }

  private Frame next() throws IOException {
    try {
      return decoder.readNextFrame();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Ends decoding at the first error. Left alone the decoder would fall silent for a broken frame,
   * or look for the next one without an end.
   */
  private static final class Strict implements FrameListener {
    @Override
    public void processMetadata(Metadata metadata) {
      // The stream information is asked for where it is needed.
    }

    @Override
    public void processFrame(Frame frame) {
      // Frames are asked for one by one.
    }

    @Override
    public void processError(String message) {
      throw new UncheckedIOException(
          new BadAudioException(
              "the audio is damaged or truncated (a FLAC frame is broken); replace the file"));
    }
  }

  private float[] samples(int size) {
    ChannelData[] channels = decoder.getChannelData();
    float scale = 1f / (1L << (info.getBitsPerSample() - 1));
    float[] samples = new float[size * channels()];
    for (int c = 0; c < channels(); c++) {
      int[] values = channels[c].getOutput();
      for (int i = 0; i < size; i++) {
        samples[i * channels() + c] = values[i] * scale;
      }
    }
    return samples;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
