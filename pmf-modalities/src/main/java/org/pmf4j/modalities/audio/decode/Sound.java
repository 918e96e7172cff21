package org.pmf4j.modalities.audio.decode;

import java.io.Closeable;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * A sound that is being decoded. A frame is one sample of every channel. For one thread at a time.
 */
public interface Sound extends Closeable {
  /**
   * Frames per second, from {@link AudioDecoder#LOWEST_RATE} to {@link AudioDecoder#HIGHEST_RATE}.
   */
  int rate();

  /** Channels, from 1 to {@link AudioDecoder#MOST_CHANNELS}. */
  int channels();

  /** How many frames the header promises, where it does. */
  OptionalLong frames();

  /**
   * The next block of samples, interleaved; full scale is ±1. Blocks are of any size up to some
   * hundred thousand samples; an empty one is the end.
   *
   * @throws BadAudioException if the file is damaged or truncated
   */
  float[] read() throws IOException;
}
